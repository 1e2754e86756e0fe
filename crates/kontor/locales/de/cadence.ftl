# Kontaktrhythmus
cadence-title = Kontaktrhythmus
cadence-sub = Wann Kontakt fällig ist, gerechnet ab dem letzten wirklichen Kontakt.
cadence-finding = { $overdue ->
    [0] Kein Kunde wartet zu lange auf Kontakt.
    [one] Ein Kunde wartet zu lange auf Kontakt.
   *[other] { $overdue } Kunden warten zu lange auf Kontakt.
}
cadence-state = Stand
cadence-state-overdue = überfällig
cadence-state-never = nie
cadence-state-due = fällig
cadence-state-fine = im Rhythmus
cadence-state-all = alle, die warten
cadence-last = Letzter Kontakt
cadence-next = Nächster bis
cadence-overdue-by = { $days ->
    [one] seit einem Tag überfällig
   *[other] seit { $days } Tagen überfällig
}
cadence-interval = Rhythmus
cadence-interval-in-days = Rhythmus (Tage)
cadence-interval-own-short = eigener
cadence-interval-days = { $wanted }/{ $longest } Tage
cadence-interval-own = eigener Rhythmus
cadence-wanted = Gewünscht (Tage)
cadence-longest = Längstens (Tage)
cadence-interval-wrong = Ganze Tage von 1 bis { $max }, der gewünschte Abstand nicht länger als der längste.
cadence-class = Klasse
cadence-role = Rolle
cadence-kinds = Was zählt
cadence-kinds-missing = Mindestens eine Art von Kontakt muss zählen.
cadence-kam = KAM
cadence-kam-all = alle
cadence-found = { $count ->
    [0] Niemand passt
    [one] Einer passt
   *[other] { $count } passen
}
cadence-none-found = Mit diesen Filtern bleibt niemand übrig.
cadence-none = Niemand wartet. Gut so.
cadence-rules = Regeln
cadence-rules-title = Regeln des Kontaktrhythmus
cadence-rules-sub = Je Klasse und Rolle: nach wie vielen Tagen ohne Kontakt der nächste fällig ist, und nach wie vielen überfällig. Felder leer lassen: keine Regel.
cadence-rules-saved = Die Regeln gelten ab sofort.
cadence-own = Eigener Rhythmus
cadence-own-sub = Gilt statt der Regel der Klasse.
cadence-own-set = Festlegen
cadence-no-rule = Für diesen Kunden gilt keine Regel.
cadence-person-not-here = Diese Person arbeitet nicht bei diesem Kunden.
event-cadence_rules_set = Regeln des Kontaktrhythmus geändert
event-cadence_set = Eigener Kontaktrhythmus geändert
cadence-finding-people = { $people ->
    [one] Ein Ansprechpartner wartet zu lange auf Kontakt.
   *[other] { $people } Ansprechpartner warten zu lange auf Kontakt.
}
cadence-finding-both = { $accounts ->
    [one] Ein Kunde
   *[other] { $accounts } Kunden
} und { $people ->
    [one] ein Ansprechpartner warten zu lange auf Kontakt.
   *[other] { $people } Ansprechpartner warten zu lange auf Kontakt.
}

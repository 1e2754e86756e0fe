key-title = { $name }: Key-Account?
key-lede = { $count ->
    [0] Noch kein Key-Account
    [one] Ein Key-Account
   *[other] { $count } Key-Accounts
}, { $open ->
    [0] kein Vorschlag offen
    [one] ein Vorschlag offen
   *[other] { $open } Vorschläge offen
}.
key-sub = Ein Key-Account wird von der Vertriebsleitung erklärt, mit Grund und Datum; Punkte schlagen nur vor. { $due ->
    [0] Keine Überprüfung ist fällig.
    [one] Eine Überprüfung ist fällig.
   *[other] { $due } Überprüfungen sind fällig.
}
key-list = Key-Accounts
key-none = Noch ist kein Kunde als Key-Account erklärt.
key-open = { $count ->
    [one] Ein Vorschlag wartet auf eine Entscheidung
   *[other] { $count } Vorschläge warten auf eine Entscheidung
}
key-doubted = { $count ->
    [one] Ein Key-Account ist unter die Schwelle gefallen
   *[other] { $count } Key-Accounts sind unter die Schwelle gefallen
}
key-suggested = { $count ->
    [one] Ein Kunde reicht an die Schwellen heran
   *[other] { $count } Kunden reichen an die Schwellen heran
}
key-suggested-text = Punkte, Klasse und Abdeckung genügen. Vorgeschlagen ist ein Kunde erst, wenn jemand begründet, warum.
key-since = Seit
key-since-day = seit { $day }
key-due = fällig
key-in-days = { $days ->
    [one] in einem Tag
   *[other] in { $days } Tagen
}
key-points = { $score } Punkte
key-nominate = Vorschlagen
key-nominate-do = Vorschlag einreichen
key-nominated = Vorschlag eingereicht.
key-nominated-by = { $name }, { $at }
key-nominated-already = Für diesen Kunden wartet schon ein Vorschlag auf eine Entscheidung.
key-nomination-closed = Über diesen Vorschlag ist schon entschieden.
key-nomination-open = Vorgeschlagen
key-not-nominated = Erklären oder ablehnen lässt sich nur, wer vorgeschlagen ist. Schlagen Sie den Kunden zuerst vor.
key-review = Überprüfung
key-review-it = Überprüfen lassen
key-review-open = Zur Überprüfung vorgelegt
key-review-on = Überprüfung { $day }
key-put-up = Zur Überprüfung vorgelegt
key-proposed = Vorgeschlagen
key-taken-back = zurückgezogen
key-waits = Vorschlag wartet
key-withdraw = Vorschlag zurückziehen
key-withdraw-sure = Diesen Vorschlag zurückziehen? Er bleibt in der Geschichte stehen.
key-withdrawn = Vorschlag zurückgezogen.
key-statement = Begründung
key-statement-hint = Was spricht über den Umsatz hinaus dafür? Die Begründung bleibt für immer stehen.
key-statement-missing = Bitte begründen.
key-decide = Entscheiden
key-decide-do = Entscheidung festhalten
key-decided = Entschieden.
key-decided-on = Entschieden am
key-decision = Entscheidung
key-decision-declare = Erklären
key-decision-decline = Ablehnen
key-decision-keep = Behalten
key-decision-revoke = Aufheben
key-decision-wrong = So lässt sich hier nicht entscheiden: Key-Accounts werden behalten oder aufgehoben, andere erklärt oder abgelehnt.
key-reason = Grund
key-reason-missing = Jede Entscheidung braucht einen Grund.
key-in-the-future = Der Tag der Entscheidung darf nicht in der Zukunft liegen.
key-before-last = Der Tag liegt vor dem der letzten Entscheidung.
key-manager = Key-Account-Manager
key-manager-hint = Wird vom Tag der Entscheidung an dem Kunden zugeordnet. Bei „Ablehnen“ und „Aufheben“ nicht nötig.
key-manager-missing = Ein Key-Account braucht einen Key-Account-Manager.
key-manager-wrong = Diesen Benutzer gibt es nicht, oder er ist nicht aktiv.
key-reach = Reichweite
key-reach-national = national
key-reach-international = international
key-reach-group = ganzer Konzern
key-reach-missing = national, international oder ganzer Konzern.
key-next-review = Nächste Überprüfung
key-review-missing = Ein Key-Account braucht den Tag der nächsten Überprüfung.
key-review-early = Die nächste Überprüfung muss nach der Entscheidung liegen.
key-why = Warum dieser Kunde Key-Account ist
key-why-not = Was entschieden wurde
key-never = Über diesen Kunden wurde noch nie entschieden.
key-history = Geschichte
key-snapshot = damals { $score } Punkte, Abdeckung { $coverage }, Klasse { $class }, Modell { $model }
key-score-then = bei der Entscheidung { $score }
key-owed = Was dem Kunden zusteht: Klasse { $class }
key-owed-column = Steht zu
key-done-column = Getan
key-none-owed = nicht vorgesehen
key-every-months = { $months ->
    [one] jeden Monat
   *[other] alle { $months } Monate
}
key-a-year = { $amount } im Jahr
key-contact = Kontakt
key-contacts = im letzten Jahr: { $contacts }
key-visits = { $count ->
    [one] { $count } Besuch
   *[other] { $count } Besuche
}
key-calls = { $count ->
    [one] { $count } Telefonat
   *[other] { $count } Telefonate
}
key-videos = { $count ->
    [one] { $count } Videogespräch
   *[other] { $count } Videogespräche
}
key-mails = { $count ->
    [one] { $count } Mail
   *[other] { $count } Mails
}
key-events = { $count ->
    [one] { $count } Veranstaltung
   *[other] { $count } Veranstaltungen
}
key-no-contact = im letzten Jahr keiner
key-contact-visit = Besuch
key-contact-video = Videogespräch
key-contact-phone = Telefon
key-contact-mail = schriftlich
key-class-wrong = key, a, b oder c.
key-contact-wrong = Besuch, Videogespräch, Telefon oder schriftlich.
key-sponsor = Pate aus der Geschäftsleitung
key-sponsor-missing = fehlt
key-business-review = Jahresgespräch
key-gifts = Geschenke
key-gift-budget = Geschenke im Jahr, { $currency }
key-gifts-wrong = Ein Betrag von 0 an, oder leer für keine Geschenke.
key-review-months = Jahresgespräch alle … Monate
key-months-wrong = Eine Zahl von 1 bis 60 Monaten, oder leer.
key-service = Servicezusage
key-treatments = Behandlung je Klasse
key-treatments-sub = Was jede Klasse bekommt. Key-Accounts haben ihre eigene Zeile, gleich in welcher ABC-Klasse sie stehen.
key-cadence-elsewhere = Wie oft Kontakt sein soll, steht bei den Kontaktrhythmen je Klasse und Rolle.
key-owed-without-class = Was dem Kunden zusteht: noch ohne Klasse, wie C

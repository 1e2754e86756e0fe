handovers-title = Übergaben
handovers-sub = Was von einem auf den anderen überging; jede Übergabe lässt sich drucken.
handovers-count = { $count ->
    [0] Noch keine Übergabe
    [one] Eine Übergabe
   *[other] { $count } Übergaben
}
handovers-none = Noch wurde nichts übergeben
handovers-new = Kunden übergeben
handovers-new-sub = Alle Rollen gehen mit, von einem Tag an; nichts bleibt liegen.
handovers-next = Weiter
handovers-from = Von
handovers-to = An
handovers-on = Ab
handovers-to-whom = An wen und wann
handovers-note = Zu allem
handovers-account-note = Notiz
handovers-note-of = Notiz zu { $name }
handovers-accounts-of = { $count ->
    [0] { $name } betreut niemanden
    [one] { $name } gibt einen Kunden ab
   *[other] { $name } gibt bis zu { $count } Kunden ab
}
handovers-nothing = Hier gibt es nichts zu übergeben.
handovers-other = Von jemand anderem
handovers-hint = Was nicht angekreuzt ist, bleibt.
handovers-do = Übergeben
handovers-done = Übergeben. Diese Seite lässt sich drucken.
handovers-of = Übergabe von { $from } an { $to }
handovers-page-sub = { $count ->
    [one] Ab { $on }, ein Kunde; eingetragen von { $by }
   *[other] Ab { $on }, { $count } Kunden; eingetragen von { $by }
}
handovers-same = Wer übergibt, kann nicht selbst übernehmen.
handovers-accounts-none = Bitte mindestens einen Kunden ankreuzen, bei dem es eine Rolle zu übergeben gibt.
handovers-workload-sub = Wer wie viele Kunden führt, nach Klasse und Umsatz; ein Klick auf den Namen übergibt.
handovers-workload-none = Noch keine Kunden
handovers-finding-without = { $count ->
    [one] Ein A-Kunde hat keinen Key-Account-Manager
   *[other] { $count } A-Kunden haben keinen Key-Account-Manager
}
handovers-finding-most = { $accounts ->
    [one] { $name } führt einen Kunden mit { $share } des Umsatzes
   *[other] { $name } führt { $accounts } Kunden mit { $share } des Umsatzes
}
handovers-finding-nobody = Noch führt niemand einen Kunden
handovers-kam = Key-Account-Manager
handovers-without = ohne Key-Account-Manager
handovers-sort-wrong = Sortieren lässt sich nach name, accounts, a, b, c, contacts oder revenue.
handovers-people = Ansprechpartner
handovers-last-contact = Letzter Kontakt
handovers-steps = Offene nächste Schritte
handovers-contacts = Kontakte je Monat
handovers-classless = davon { $count } ohne Klasse

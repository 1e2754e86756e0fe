assignments-title = Betreuungsteam: { $name }
assignments-finding-kam = { $count ->
    [one] { $name } betreut den Kunden allein
   *[other] { $name } führt ein Team von { $count } Rollen
}
assignments-finding-no-kam = Dieser Kunde hat keinen Key-Account-Manager
assignments-none-title = Noch niemand betreut diesen Kunden
assignments-none-text = Geben Sie ihm einen Key-Account-Manager und wer sonst dazugehört.
assignments-later = Kommt hinzu
assignments-past = Frühere Betreuung
assignments-add = Betreuung übertragen
assignments-assigned = Die Betreuung ist übertragen.
assignments-user = Wer
assignments-reach = Reicht über
assignments-reach-account = diesen Kunden
assignments-reach-group = diesen Kunden und alles, was er beherrscht
assignments-from = Ab
assignments-to = Bis
assignments-to-hint = Leer: auf unbestimmte Zeit
assignments-replace = Löst den bisherigen Key-Account-Manager ab
assignments-by-group = über den Konzern
assignments-end = Beenden
assignments-end-sure = Die Rolle von { $name } mit dem heutigen Tag beenden?
assignments-user-wrong = Bitte jemanden wählen, der sich anmelden darf.
assignments-role-wrong = Bitte eine der acht Rollen wählen.
assignments-reach-wrong = Entweder der Kunde allein oder mit allem, was er beherrscht.
assignments-to-before-from = Das Ende liegt vor dem Anfang.
assignments-already = Diese Rolle hat er oder sie in dieser Zeit schon.
assignments-taken = { $name } ist in dieser Zeit Key-Account-Manager. Kreuzen Sie an, dass er oder sie abgelöst wird.
assignments-ended-already = Die Rolle endet schon an diesem Tag oder früher.
assignments-no-change = Damit ändert sich bei keinem der Kunden etwas.
assignments-accounts-none = Kein Kunde passt dazu.
assignments-accounts-which = Geben Sie entweder Kunden oder eine Branche an.
assignments-account-unknown = Kein Kunde heißt „{ $typed }“ oder hat diese Nummer.
assignments-account-several = „{ $typed }“ passt auf mehrere Kunden: { $names }. Geben Sie an, was in Klammern steht.
assignments-bulk = Kunden zuordnen
assignments-bulk-sub = Viele Kunden auf einmal: erst ansehen, was sich ändert, dann übertragen.
assignments-bulk-accounts = Welche Kunden
assignments-bulk-who = Wer betreut sie
assignments-bulk-industry = Alle Kunden einer Branche
assignments-bulk-numbers = Oder einzelne Kunden
assignments-bulk-numbers-hint = Nummern oder Namen, durch Komma getrennt; bei einem Konzern genügt sein Kopf.
assignments-bulk-preview = Ansehen, was sich ändert
assignments-bulk-assign = { $count ->
    [one] Einen Kunden übertragen
   *[other] { $count } Kunden übertragen
}
assignments-bulk-changes = { $count ->
    [0] Bei keinem der { $total } Kunden ändert sich etwas
    [one] Bei einem von { $total } Kunden ändert sich etwas
   *[other] Bei { $count } von { $total } Kunden ändert sich etwas
}
assignments-bulk-outcome = Was geschieht
assignments-assigned-many = { $count ->
    [one] Die Betreuung eines Kunden ist übertragen.
   *[other] Die Betreuung von { $count } Kunden ist übertragen.
}
assignments-outcome-added = kommt hinzu
assignments-outcome-follows = löst { $name } ab
assignments-outcome-already = hat diese Rolle schon
assignments-outcome-taken = bleibt bei { $name }
assignments-roles = Rollen
assignments-open = Team ansehen

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

duplicates-title = Dubletten
duplicates-finding = { $count ->
    [0] Keine Dubletten
    [one] Ein Paar von Kunden ist vermutlich derselbe
   *[other] { $count } Paare von Kunden sind vermutlich dieselben
}
duplicates-sub = Verglichen werden Namen ohne Rechtsform und Schreibweise, Anschrift, Website, USt-IdNr. und LEI, dazu Mail-Domains und Telefonnummern derer, die dort arbeiten.
duplicates-score = Punkte
duplicates-score-from = Ab Punkten
duplicates-score-wrong = Eine Zahl von { $min } bis 100.
duplicates-one = Kunde
duplicates-other = und Kunde
duplicates-why = Gründe
duplicates-more = und { $count } weitere; legen Sie die ersten zusammen oder verlangen Sie mehr Punkte.
duplicates-none-text = Ab dieser Punktzahl gleicht kein Kunde einem anderen.
duplicates-compare = Vergleichen
duplicates-dismiss = Keine Dublette
duplicates-dismissed = Dieses Paar wird nicht mehr gemeldet.
duplicates-dismissed-already = Dieses Paar ist schon als verschieden vermerkt.
duplicates-same = Das ist zweimal derselbe Kunde.
duplicates-merge-title = Zusammenlegen
duplicates-merge-sub = { $gone } wird Teil von { $kept }.
duplicates-merge-note = Nummern, Anschriften, Konzernbeziehungen, Betreuungsteam, Ansprechpartner, Kontakte, Karten, Bewertungen und Entscheidungen gehen auf den Kunden über, der bleibt; seine Zahlen sind danach die beider. Das lässt sich rückgängig machen.
duplicates-kept = Bleibt
duplicates-gone = Geht darin auf
duplicates-both = (beide)
duplicates-swap = Andersherum
duplicates-merge-do = Zusammenlegen
duplicates-merged = Zusammengelegt. Unter „Zusammengelegt“ bei den Dubletten lässt es sich rückgängig machen.
duplicates-merges = Zusammengelegt
duplicates-merges-sub = Was zusammengelegt wurde, lässt sich in umgekehrter Reihenfolge wieder trennen.
duplicates-merges-none = Noch nichts zusammengelegt.
duplicates-undo = Rückgängig machen
duplicates-undo-sure = Beide wieder trennen?
duplicates-undone = { $kept } und { $gone } sind wieder zwei.
duplicates-undone-on = rückgängig am { $day }
duplicates-undone-already = Das ist schon rückgängig gemacht.
duplicates-later-first = Danach wurde einer der beiden noch einmal zusammengelegt (Nr. { $id }); machen Sie das zuerst rückgängig.
duplicates-later-people-first = Personen, die dort arbeiten, wurden später zusammengelegt (Nr. { $id }); machen Sie das zuerst rückgängig.
duplicates-later-accounts-first = Ein Kunde, bei dem sie arbeiten, wurde später zusammengelegt (Nr. { $id }); machen Sie das zuerst rückgängig.
duplicates-finding-people = { $count ->
    [0] Keine Dubletten
    [one] Ein Paar von Personen ist vermutlich dieselbe
   *[other] { $count } Paare von Personen sind vermutlich dieselben
}
duplicates-people-sub = Verglichen werden Namen in jeder Schreibweise und Reihenfolge, E-Mail-Adressen, Telefonnummern, Arbeitgeber und Geburtstag.
duplicates-none-people-text = Ab dieser Punktzahl gleicht niemand einem anderen.
duplicates-one-person = Ansprechpartner
duplicates-other-person = und Ansprechpartner
duplicates-kind = Art
duplicates-same-person = Das ist zweimal dieselbe Person.
duplicates-field-unknown = Ein solches Feld hat eine Person nicht.
duplicates-merge-people-note = Erreichbarkeit, Anstellungen, Notizen, Plätze auf Karten und alle Kontakte gehen auf die Person über, die bleibt. Das lässt sich rückgängig machen.
reason-vat_id = gleiche USt-IdNr.
reason-lei = gleicher LEI
reason-name = gleicher Name
reason-similar_name = ähnlicher Name
reason-address = gleiche Anschrift
reason-postal_code = gleiche Postleitzahl
reason-city = gleicher Ort
reason-website = gleiche Website
reason-mail_domain = gleiche Mail-Domain
reason-office_phone = gleiche Telefonnummer
reason-switchboard = gleiche Telefonzentrale
reason-mail = gleiche E-Mail-Adresse
reason-phone = gleiche Telefonnummer
reason-employer = gleicher Arbeitgeber
reason-birthday = gleicher Geburtstag
reason-other_vat_id = aber andere USt-IdNr.
reason-other_lei = aber anderer LEI
reason-other_country = aber anderes Land
reason-other_person = aber anderer Vorname oder Geburtstag

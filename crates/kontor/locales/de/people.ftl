# Ansprechpartner
people-title = Ansprechpartner
people-name = Name
people-salutation = Anrede
people-salutation-none = ohne
salutation-ms = Frau
salutation-mr = Herr
people-academic-title = Titel
people-academic-title-hint = Wie auf der Visitenkarte, etwa „Prof. Dr.“
people-first-name = Vorname
people-last-name = Nachname
people-formality = Anredeform
formality-formal = Sie
formality-informal = Du
people-languages = Sprachen
people-languages-hint = Kürzel, die bevorzugte zuerst: „de en“
people-letters-de = Briefe auf Deutsch
people-letters-en = Briefe auf Englisch
tongue-cs = Tschechisch
tongue-da = Dänisch
tongue-de = Deutsch
tongue-en = Englisch
tongue-es = Spanisch
tongue-fi = Finnisch
tongue-fr = Französisch
tongue-hu = Ungarisch
tongue-it = Italienisch
tongue-nl = Niederländisch
tongue-pl = Polnisch
tongue-pt = Portugiesisch
tongue-ro = Rumänisch
tongue-sv = Schwedisch
tongue-tr = Türkisch
people-letter = Briefanrede
people-address-line = Anschriftzeile
people-birthday = Geburtstag
people-birthday-hint = „5.3.1970“, oder ohne Jahr „5.3.“
people-remark = Bemerkung
people-no-special = Nichts über Gesundheit, Religion oder Familie eintragen: Dafür gibt es hier keinen Platz.
people-channels = Erreichbar
people-channels-hint = Leere Zeilen zählen nicht. Was gelöscht wird, endet heute und bleibt in der Geschichte.
people-channel-more = Weitere Zeilen gibt es nach dem Speichern.
people-channel-ended = bis { $date }
people-channels-ended = Nicht mehr in Gebrauch
channel-work_phone = Telefon
channel-mobile = Mobil
channel-home_phone = Telefon privat
channel-fax = Fax
channel-work_mail = E-Mail
channel-home_mail = E-Mail privat
channel-address = Anschrift
channel-website = Webseite
channel-profile = Netzwerkprofil
people-origin = Herkunft der Angaben
people-origin-hint = Gilt für alles, was hier neu ist oder sich ändert.
people-source = Quelle
people-source-hint = Etwa „Visitenkarte, Hannover Messe“
people-source-unknown = nicht angegeben
people-basis = Rechtsgrundlage
basis-f = Berechtigtes Interesse, Art. 6 (1) f DSGVO
basis-b = Vertrag, Art. 6 (1) b DSGVO
basis-a = Einwilligung, Art. 6 (1) a DSGVO
people-since = Seit
people-when = Zeitraum
people-datum = Angabe
datum-name = Name und Titel
datum-formality = Anredeform
datum-languages = Sprachen
datum-birthday = Geburtstag
datum-remark = Bemerkung
datum-channel = Erreichbarkeit
datum-employment = Tätigkeit
people-provenance = Woher die Angaben stammen
people-provenance-change = Herkunft ändern

people-employments = Tätigkeiten
people-company = Firma
people-function = Funktion
people-department = Abteilung
people-reports-to = Berichtet an
people-reports-to-nobody = nicht bekannt
people-from = Von
people-to = Bis
people-days-open = seit { $from }
people-days-until = bis { $to }
people-days-between = { $from } bis { $to }
people-days-unknown = Zeitraum nicht bekannt
people-primary = Haupttätigkeit
people-primary-hint = Mit dieser Tätigkeit wird die Person genannt
people-former = ehemals
people-outside = außerhalb unserer Kunden
people-employment-new = Tätigkeit hinzufügen
people-employment-edit = Tätigkeit ändern
people-employment-end = Tätigkeit beenden
people-employment-end-hint = Mit dem letzten Tag endet sie; sie bleibt in der Geschichte.
people-employment-added = Die Tätigkeit ist eingetragen.
people-place = Das ist
place-account = ein Kunde
place-prospect = ein neuer Interessent
place-outside = kein Kunde von uns
people-company-hint = Kundennummer oder Name

people-new = Ansprechpartner anlegen
people-edit = Ändern
people-edit-title = { $name } ändern
people-added = Der Ansprechpartner ist angelegt.
people-archive = Archivieren
people-archive-confirm = Aus Listen und Vorschlägen nehmen? Die Geschichte bleibt.
people-archive-reason = Grund
people-archived = Archiviert seit { $date }
people-archived-done = Der Ansprechpartner ist archiviert.
people-unarchive = Wieder aufnehmen
people-unarchived-done = Der Ansprechpartner ist wieder aufgenommen.
people-archived-already = Dieser Ansprechpartner ist schon archiviert.
people-archived-not = Dieser Ansprechpartner ist nicht archiviert.

people-none-found = Kein Ansprechpartner passt
people-none-at = Hier ist noch niemand bekannt
people-finding = { $count ->
    [0] Noch kein Ansprechpartner
    [one] Ein Ansprechpartner
   *[other] { $count } Ansprechpartner
}
people-at = { $count ->
    [one] Ein Ansprechpartner bei { $account }
   *[other] { $count } Ansprechpartner bei { $account }
}
people-none-text = Wer entscheidet dort, wer ruft zurück? Der erste Ansprechpartner macht aus Zahlen eine Beziehung.
people-former-title = { $count ->
    [one] Ein ehemaliger Ansprechpartner
   *[other] { $count } ehemalige Ansprechpartner
}
people-all-title = Alle ansehen

people-name-missing = Bitte Vor- oder Nachnamen angeben.
people-text-too-long = Höchstens { $max } Zeichen.
people-choice-wrong = Bitte eine der Möglichkeiten wählen.
people-basis-wrong = Bitte eine der drei Rechtsgrundlagen wählen.
people-languages-wrong = Kürzel wie „de“ oder „en“, höchstens acht, durch Leerzeichen getrennt.
people-birthday-ahead = Der Geburtstag darf nicht in der Zukunft liegen.
people-birthday-wrong = Kein Geburtstag. Beispiele: 5.3.1970 oder 5.3.
people-channel-kind-wrong = Bitte eine der Arten wählen.
people-channels-many = Höchstens { $max } Wege.
people-mail-wrong = „{ $value }“ ist keine E-Mail-Adresse.
people-phone-wrong = „{ $value }“ ist keine Telefonnummer.
people-reports-to-wrong = Diese Person gibt es hier nicht.
people-reports-to-circle = Diese Person berichtet selbst an sie.
people-days-reversed = Der letzte Tag liegt vor dem ersten.
people-account-unknown = Diesen Kunden gibt es hier nicht. Bitte Nummer oder vollständigen Namen angeben.
people-account-several = Mehrere Kunden passen: { $names }. Bitte angeben, was in Klammern steht.
people-company-missing = Bitte die Firma angeben.

people-letter-title = Briefe
people-job = Stellenwechsel
people-job-title = { $name } wechselt die Stelle
people-job-sub = Die alte Tätigkeit endet, die neue beginnt; was war, bleibt beim alten Kunden. Beide Betreuungsteams erfahren es.
people-job-old = Bisher
people-job-old-none = Derzeit ist keine Tätigkeit eingetragen.
people-job-new = Künftig
people-job-last = Letzter Tag der alten Stelle
people-job-first = Erster Tag der neuen Stelle
people-job-first-hint = Leer: der Tag danach
people-job-end-channels = Dienstliche Telefonnummern, Fax und E-Mail der alten Stelle enden
people-job-phone = Neues Telefon
people-job-mail = Neue E-Mail
people-job-do = Wechsel eintragen
people-job-done = { $name } ist jetzt bei { $company }.
people-job-employment-wrong = Bitte eine laufende Tätigkeit wählen.
people-job-before = Die neue Stelle beginnt vor dem Ende der alten.
people-job-same = Das ist die bisherige Stelle. Eine neue Funktion dort lässt sich mit „Ändern“ eintragen.
people-day-missing = Bitte einen Tag angeben.
people-search = Name, E-Mail, Telefon
people-similar = Niemand heißt genau so; diese Namen sind ähnlich.
people-none = Niemand passt dazu.
people-show = Zeigen
people-state = Wer
people-state-all = alle
people-state-present = derzeit bei Kunden
people-state-former = ehemals bei Kunden
people-state-archived = archiviert

# Adressbücher ein und aus
contacts-title = Ansprechpartner einlesen
contacts-sub = vCards aus Outlook, Apple oder Gmail, oder eine Tabelle. Erst die Vorschau, dann die Übernahme.
contacts-file = Datei
contacts-file-hint = vCard (.vcf), CSV oder Excel; höchstens 5.000 Einträge und 32 MB.
contacts-files = Zuletzt gelesen
contacts-read = Lesen
contacts-take = Übernehmen
contacts-keep = Entscheidungen speichern
contacts-discard = Verwerfen
contacts-discard-confirm = Diese Datei verwerfen? Niemand wird übernommen.
contacts-discarded = Die Datei ist verworfen.
contacts-finding = { $count ->
    [one] Ein Eintrag in { $file }
   *[other] { $count } Einträge in { $file }
}
contacts-counts = { $new } neu, { $updated } ergänzen, { $skipped } übergehen. { $found } gehören zu bekannten Kunden.
contacts-taken = { $added } neu, { $updated } ergänzt, { $skipped } übergangen.
contacts-line = Zeile
contacts-at-line = Zeile { $line }
contacts-found = Gefunden
contacts-becomes = Wird
contacts-account = Kunde
contacts-number = Kundennummer
contacts-reason = Grund
contacts-text = Inhalt
contacts-left = nicht übernommen: { $what }
contacts-same-as = wie Zeile { $line }
contacts-rejected-title = Zurückgewiesen
contacts-rejected = { $count ->
    [one] Ein Eintrag ist keine Person
   *[other] { $count } Einträge sind keine Personen
}
contacts-reason-no_name = ohne Namen
contacts-reason-not_a_card = keine vCard
contacts-reason-unfinished = die Karte endet nicht
contacts-reason-unreadable = nicht lesbar
contacts-reason-group_card = eine Gruppe, keine Person
contacts-by-number = nach Nummer
contacts-by-name = nach Name
contacts-by-domain = nach E-Mail-Domain
contacts-by-mail = gleiche E-Mail
contacts-by-phone = gleiche Telefonnummer
contacts-choice-new = neu
contacts-choice-update = ergänzen
contacts-choice-skip = übergehen
contacts-state-open = wartet auf die Entscheidung
contacts-state-done = übernommen
contacts-state-discarded = verworfen
contacts-missing = Bitte eine Datei wählen.
contacts-empty = In der Datei steht niemand.
contacts-unreadable = Die Datei lässt sich nicht lesen. Möglich sind vCard, CSV und Excel.
contacts-no-columns = Keine Spalte enthält Namen. Gesucht wird etwa „Vorname“, „Nachname“, „Name“ oder „First Name“.
contacts-many = Höchstens { $max } Einträge je Datei.
contacts-closed = Über diese Datei ist schon entschieden.
contacts-choice-wrong = Bitte eine der Möglichkeiten wählen.
contacts-account-unknown = Zeile { $line }: Diesen Kunden gibt es hier nicht, oder mehrere passen.
contacts-person-gone = Eine der Personen gibt es nicht mehr. Bitte die Datei noch einmal einlesen.
contacts-person-archived = Zeile { $line }: { $name } ist archiviert. Bitte „neu“ oder „übergehen“ wählen oder die Person wieder aufnehmen.
contacts-export-many = Höchstens { $max } Ansprechpartner je Datei. Bitte die Auswahl enger fassen.
contacts-export-card = vCard
contacts-export-card3 = vCard für Outlook

# Private Notizen
notes-title = Private Notizen
notes-who = Nur Sie und das Betreuungsteam lesen sie; jedes Lesen durch andere wird festgehalten.
notes-logged = Ihr Lesen ist festgehalten; die Verfasser sehen es.
notes-read = { $count ->
    [one] Eine Notiz anderer lesen
   *[other] { $count } Notizen anderer lesen
}
notes-read-by = gelesen von { $names }
notes-new = Notiz schreiben
notes-kind = Worum es geht
notes-body = Notiz
notes-add = Notiz speichern
notes-end = Beenden
notes-ended = Die Notiz ist beendet.
notes-missing = Bitte etwas schreiben.
note-kind-preference = Vorliebe
note-kind-opener = Gesprächseinstieg
note-kind-other = Sonstiges
people-export-hint = Angekreuzte, sonst alle der Liste:
people-pick = Auswahl
people-pick-one = { $name } auswählen
people-history = Änderungen
people-restored = Der frühere Wert ist wieder eingetragen.
people-prospect-known = Einen Kunden dieses Namens gibt es schon; bitte „ein Kunde“ wählen.

ledger-files-missing = Bitte mindestens eine Datei mit Inhalt wählen.
ledger-source-wrong = Höchstens 60 Buchstaben, Ziffern, Leerzeichen, Punkte und Striche.
ledger-import-busy = An diesem Import wird gerade gearbeitet. Bitte gleich noch einmal.
ledger-import-not-open = Dieser Import ist nicht mehr offen.
ledger-import-not-booked = Dieser Import ist nicht gebucht.
ledger-undo-later-first = Ein späterer Import baut auf diesem auf; bitte erst den späteren zurücknehmen.
ledger-unreadable = { $file } lässt sich nicht lesen: { $reason }
ledger-unwritable = { $file } lässt sich nicht schreiben: { $reason }
unreadable-empty = In der Datei steht nichts.
unreadable-format = Das ist weder Text noch eine Arbeitsmappe noch Parquet.
unreadable-workbook = Die Arbeitsmappe ist beschädigt oder mit einem Kennwort geschützt.
unreadable-parquet = Die Parquet-Datei ist beschädigt.
unreadable-no-sheet = Die Arbeitsmappe hat kein Blatt.
unreadable-sheet = Ein Blatt „{ $wanted }“ gibt es nicht. Vorhanden: { $known }.
unreadable-header-row = Zeile { $line }, die als Kopfzeile angegeben ist, ist leer oder nicht unter den ersten Zeilen der Datei.
unreadable-twin = Ihr Inhalt ist derselbe wie in { $other }. Bitte nur eine der beiden auswählen.
unreadable-currency = „{ $text }“ ist keine Währung. Möglich sind drei Buchstaben nach ISO 4217, etwa EUR.
unreadable-reader = Das Lesen ist abgebrochen. Bitte noch einmal versuchen.
ledger-cancelled = Die Arbeit wurde abgebrochen.
ledger-files-many = Höchstens { $max } Dateien auf einmal.
ledger-columns-missing = Keine Spalte wurde als { $roles } erkannt. Bitte die Spalte von Hand wählen. Die Überschriften sind: { $headers }.
ledger-role-twice = { $role } ist von Hand mehr als einer Spalte gegeben.
ledger-column-twice = Die Spalte „{ $header }“ bekommt zwei Bedeutungen: { $one } und { $other }.
ledger-header-row-wrong = Die Nummer einer Zeile, oder 0, wenn es keine Kopfzeile gibt.
ledger-encoding-wrong = Diesen Zeichensatz kennt Kontor nicht. Möglich sind etwa utf-8, utf-16le und windows-1252.
ledger-delimiter-wrong = Ein einzelnes Zeichen, das die Spalten trennt, etwa Semikolon oder Komma; tab für den Tabulator.
ledger-accept-wrong = „{ $name }“ ist kein Befund, der einen Import anhält.
ledger-options-wrong = Die Leseweise ist nicht lesbar: { $reason }

ledger-title = Umsatzbuch
ledger-standing = { $lines ->
    [one] Eine Position ist gebucht
   *[other] { $lines } Positionen sind gebucht
}
ledger-standing-none = Zurzeit ist nichts gebucht
ledger-standing-sub = Aus { $imports ->
    [one] einem Import
   *[other] { $imports } Importen
}, mit Rechnungen vom { $first } bis { $last }.
ledger-new = Neuer Import
ledger-empty-title = Noch keine Rechnungen
ledger-empty-text = Mit dem Export der Rechnungspositionen aus Ihrem ERP fängt alles an: CSV, Excel oder Parquet, so wie er ist. Kontor erkennt die Spalten, prüft jede Zeile und bucht erst, wenn Sie es sagen.
ledger-list = Importe
ledger-number = Nr.
ledger-when = Wann
ledger-who = Wer
ledger-source = Quelle
ledger-files = Dateien
ledger-state = Stand
ledger-lines = Positionen
ledger-revenue = Umsatz
ledger-older = Ältere
ledger-state-uploaded = ungeprüft
ledger-state-checked = geprüft
ledger-state-stopped = angehalten
ledger-state-booked = gebucht
ledger-state-undone = zurückgenommen
ledger-state-discarded = verworfen
ledger-state-busy = in Arbeit

ledger-new-title = Welche Rechnungen sollen ins Umsatzbuch?
ledger-new-sub = Die Dateien werden zuerst geprüft. Gebucht wird nichts, bevor Sie es bestätigen.
ledger-files-hint = CSV, XLSX, XLS, ODS oder Parquet, auch mehrere auf einmal. Rechnungsköpfe und Positionen aus zwei Dateien werden von selbst verbunden.
ledger-source-hint = Das System, aus dem die Rechnungen stammen. Eine Position wird innerhalb ihrer Quelle wiedererkannt und nie zweimal gebucht.
ledger-upload = Hochladen und prüfen

ledger-import = Import { $number }
ledger-import-by = { $source } · von { $who } am { $when }
ledger-is-busy = Import { $number } ist in Arbeit
ledger-is-uploaded = Import { $number } ist noch nicht geprüft
ledger-is-checked = { $lines ->
    [one] Eine neue Position kann gebucht werden
   *[other] { $lines } neue Positionen können gebucht werden
}
ledger-is-checked-nothing = Nichts Neues: Was zu buchen wäre, ist schon gebucht
ledger-is-checked-empty = Keine Zeile dieser Dateien kann gebucht werden
ledger-is-stopped = Angehalten, bevor etwas gebucht wurde
ledger-is-booked = { $lines ->
    [one] Eine Position ist gebucht
   *[other] { $lines } Positionen sind gebucht
}
ledger-is-booked-nothing = Gebucht, doch ohne neue Positionen
ledger-is-undone = Import { $number } ist zurückgenommen
ledger-is-discarded = Import { $number } ist verworfen
ledger-undone-text = Zurückgenommen am { $when }. Seine Positionen zählen in keiner Zahl mehr mit.
ledger-discarded-text = Verworfen, bevor etwas gebucht wurde. Die hochgeladenen Dateien sind entfernt.
ledger-booked-text = Gebucht am { $when }.
ledger-booked-accounts = { $count ->
    [0] Alle Kunden waren schon bekannt.
    [one] Ein Kunde ist neu.
   *[other] { $count } Kunden sind neu.
}
ledger-to-accounts = Zu den Kunden
ledger-to-overview = Zur Übersicht
ledger-stopped-by = Angehalten wegen: { $kinds }.
ledger-stopped-help = Wenn die Datei so stimmt, unten „Trotzdem buchen“ ankreuzen und neu prüfen. Sonst die Spalten berichtigen, oder die Datei im ERP, und neu hochladen.
ledger-stopped-unknown = Was eine Buchung trotzdem brächte, ließ sich nicht berechnen.
ledger-new-lines-accepted = Neue Positionen, wenn trotzdem gebucht
ledger-revenue-accepted = Umsatz, wenn trotzdem gebucht
ledger-without-rate = Für { $currency } gibt es keinen Währungskurs: { $amount } in { $lines ->
    [one] einer Position
   *[other] { $lines } Positionen
} stehen in keiner Zahl.
ledger-without-rate-before = Für { $currency } gibt es Kurse erst ab { $from }. Was von { $amount } in { $lines ->
    [one] einer Position
   *[other] { $lines } Positionen
} in Monate davor gehört, steht in keiner Zahl.
ledger-without-rate-do = Kurs setzen
ledger-book = Buchen
ledger-check = Prüfen
ledger-check-again = Neu prüfen
ledger-discard = Verwerfen
ledger-discard-sure = Import { $number } verwerfen? Die hochgeladenen Dateien werden entfernt.
ledger-undo = Zurücknehmen
ledger-undo-sure = Import { $number } zurücknehmen? Seine Positionen zählen dann in keiner Zahl mehr mit.
ledger-undo-done = Import { $number } ist zurückgenommen.
ledger-discard-done = Import { $number } ist verworfen.

ledger-progress-waiting = Die Dateien werden angesehen …
ledger-progress-reading = { $done } von { $total } MB gelesen, { $rows } Zeilen
ledger-progress-comparing = { $rows } Zeilen gelesen; sie werden mit dem Umsatzbuch verglichen …
ledger-reload = Neu laden
ledger-cancel = Abbrechen

ledger-rows = Zeilen
ledger-rows-note = in { $files ->
    [one] einer Datei
   *[other] { $files } Dateien
}
ledger-new-lines = Neue Positionen
ledger-new-lines-note = { $accounts ->
    [one] bei einem Kunden
   *[other] bei { $accounts } Kunden
}
ledger-new-lines-note-new = { $accounts ->
    [one] bei einem neuen Kunden
   *[other] bei { $accounts } Kunden, davon { $new } neu
}
ledger-rejected = Zurückgewiesen
ledger-rejected-none = jede Zeile ist lesbar
ledger-rejected-head-file = Datei
ledger-rejected-head-row = Zeile
ledger-rejected-head-kind = Befund
ledger-rejected-head-value = Wert
ledger-rejected-head-reason = Grund
ledger-check-first = Unten ist etwas geändert: bitte erst neu prüfen.
ledger-rejected-file = Zeilen als CSV
ledger-days = Rechnungstage
ledger-days-note = bis { $last }
ledger-revenue-new = Umsatz, der dazukommt
ledger-already-booked = Schon gebucht
ledger-changed = Geändert
ledger-replaced = Davon ersetzt
ledger-without-account = Ohne Kunde
ledger-excluded = Ausgelassen (Status)
ledger-duplicates = Doppelt
ledger-credit-notes = Gutschriften
ledger-empty-rows = Leere Zeilen

ledger-findings = { $count ->
    [one] Ein Befund
   *[other] { $count } Befunde
}
ledger-findings-none = Ohne Befund: nichts war auffällig.
ledger-findings-none-else = Kein weiterer Befund.
ledger-findings-no-rows = Unter den Überschriften steht keine Zeile.
ledger-findings-more = Die ersten { $shown } von { $total }.
ledger-finding-file = Datei
ledger-finding-line = Zeile
ledger-finding-column = Spalte
ledger-finding-value = Wert
ledger-finding-places = { $count ->
    [one] Die Stelle
   *[other] { $count } Stellen
}
ledger-weight-stop = hält an
ledger-weight-rejection = weist zurück
ledger-weight-note = Hinweis

ledger-reading = So werden die Dateien gelesen
ledger-reading-joined = Kopf- und Positionsdatei gehören zusammen; verbunden über { $key }.
ledger-reading-remembered = Mit Spalten, Schreibweisen oder Status, die von Hand gewählt sind. Nach dem Buchen merkt Kontor sie sich für die nächsten solchen Dateien dieser Quelle.
ledger-format-text = Text
ledger-format-sheet = Arbeitsmappe
ledger-format-parquet = Parquet
ledger-encoding = Zeichensatz
ledger-delimiter = Trennzeichen
ledger-decimal = Dezimalzeichen
ledger-date-order = Schreibweise der Tage
ledger-date-order-hint = Tage mit dem Jahr vorn werden in jedem Fall gelesen.
ledger-sheet = Tabellenblatt
ledger-header-line = Kopfzeile
ledger-header-none = keine; Spalten nach Nummer
ledger-kilobytes = { $size } kB
ledger-megabytes = { $size } MB
ledger-column = Spalte
ledger-kind = Art
ledger-written = Schreibweise
ledger-samples = Beispiele
ledger-role = Bedeutung
ledger-role-none = – nicht verwendet –
ledger-role-of = Bedeutung von { $header }
ledger-role-chosen = von Hand
ledger-role-above = wie oben
ledger-kind-empty = leer
ledger-kind-text = Text
ledger-kind-number = Zahl
ledger-kind-date = Datum
ledger-preview = Die ersten Zeilen
ledger-options = Weiteres
ledger-exclude-status = Zeilen mit diesem Status auslassen
ledger-exclude-status-hint = Mehrere durch Komma getrennt, etwa: Entwurf, storniert
ledger-exclude-status-found = Mehrere durch Komma getrennt. In den Dateien stehen: { $statuses }.
ledger-status-lost = Keine Zeile hat den Status „{ $statuses }“; für ihn wurde nichts ausgelassen.
ledger-status-lost-none = Keine Spalte wurde als Status erkannt. Bitte unten ihre Bedeutung wählen.
ledger-status-lost-found = In den Dateien stehen: { $statuses }.
ledger-currency = Währung von Zeilen ohne Währung
ledger-currency-hint = Sonst gilt { $currency }.
ledger-replace-changed = Geänderte Positionen ersetzen die gebuchten
ledger-accept = Trotzdem buchen
ledger-detected = erkennen
ledger-delimiter-semicolon = Semikolon ;
ledger-delimiter-comma = Komma ,
ledger-delimiter-tab = Tabulator
ledger-delimiter-bar = senkrechter Strich |
ledger-delimiter-caret = Zirkumflex ^
ledger-delimiter-tilde = Tilde ~
ledger-delimiter-colon = Doppelpunkt :
ledger-delimiter-hash = Raute #
ledger-order-year-first = JJJJ-MM-TT
ledger-order-day-first = TT.MM.JJJJ
ledger-order-month-first = M/T/JJJJ
ledger-sheet-hint = Erkannt werden das Blatt mit den meisten Rechnungsspalten und alle mit denselben Überschriften.
ledger-header-row-hint = Leer: erkennen. 0: es gibt keine Kopfzeile, die Spalten heißen nach ihrer Nummer.

column-invoice_number = Rechnungsnummer
column-line_number = Positionsnummer
column-date = Rechnungsdatum
column-account_number = Kundennummer
column-account_name = Kundenname
column-country = Land
column-postal_code = Postleitzahl
column-city = Ort
column-industry = Branche
column-article_number = Artikelnummer
column-article_name = Artikelname
column-product_group = Warengruppe
column-quantity = Menge
column-unit_price = Einzelpreis
column-discount_percent = Rabatt in Prozent
column-net_amount = Nettobetrag
column-unit_cost = Einstandspreis je Stück
column-line_cost = Einstandswert der Position
column-currency = Währung
column-status = Status
column-invoice_type = Belegart
column-debit_credit = Soll oder Haben

finding-bad_date = Datum nicht lesbar
finding-bad_date-text = Das Datum fehlt oder ist keines. Diese Zeilen werden nicht gebucht.
finding-bad_number = Zahl nicht lesbar
finding-bad_number-text = Ein Betrag, ein Preis oder eine Menge ist keine Zahl. Diese Zeilen werden nicht gebucht.
finding-missing_amount = Betrag fehlt
finding-missing_amount-text = Weder ein Nettobetrag noch Menge und Einzelpreis sind da. Diese Zeilen werden nicht gebucht.
finding-broken_row = Zeile zerbrochen
finding-broken_row-text = Die Zeile hat mehr oder weniger Felder als die Kopfzeile, oder Zeichen, die der Zeichensatz nicht kennt. Sie wird nicht gebucht.
finding-missing_header = Position ohne Rechnungskopf
finding-missing_header-text = Zu diesen Positionen fehlt der Rechnungskopf in der anderen Datei. Sie werden nicht gebucht.
finding-implausible_dates = Unglaubwürdige Daten
finding-implausible_dates-text = Rechnungen vor 1990 oder nach dem nächsten Jahr. Meist ist es die falsche Spalte oder ein Tippfehler.
finding-contradictory_dates = Tag und Monat widersprechen sich
finding-contradictory_dates-text = In derselben Spalte steht mal der Tag, mal der Monat vorn. Gebucht würden falsche Tage.
finding-contradictory_decimals = Komma und Punkt widersprechen sich
finding-contradictory_decimals-text = In derselben Spalte trennt mal das Komma, mal der Punkt die Nachkommastellen. Gebucht würden falsche Beträge.
finding-ambiguous_decimals = Komma und Punkt nicht eindeutig
finding-ambiguous_decimals-text = Kein Betrag zeigt, ob Komma und Punkt Nachkommastellen oder Tausender trennen. Bitte das Dezimalzeichen unten wählen.
finding-other_headers = Zweite Kopfzeile
finding-other_headers-text = Mitten in der Datei steht eine andere Kopfzeile, deren Spalten anders liegen. Bitte die Teile als einzelne Dateien importieren.
finding-overlapping_files = Rechnungen in mehreren Dateien
finding-overlapping_files-text = Dieselben Rechnungen stehen in mehr als einer Datei, und ohne Positionsnummern ist nicht zu sehen, ob die Positionen dieselben sind. Überschneiden sich die Dateien, bitte jede einzeln importieren: Dann zählt jede Rechnung einmal.
finding-duplicate_headers = Rechnungsköpfe doppelt
finding-duplicate_headers-text = Mehrere Rechnungsköpfe haben dieselbe Nummer und sagen Verschiedenes. Trotzdem gebucht gilt der erste.
finding-opposed_costs = Kosten mit umgekehrtem Vorzeichen
finding-opposed_costs-text = Die meisten Kosten haben das umgekehrte Vorzeichen ihres Betrags. So würden sie die Marge erhöhen, statt sie zu mindern.
finding-most_without_account = Überwiegend ohne Kunde
finding-most_without_account-text = Mehr als neun von zehn Positionen nennen keinen Kunden. Meist ist die Spalte des Kunden nicht erkannt.
finding-text_rows = Textzeilen
finding-text_rows-text = Zeilen ohne Menge, Preis und Betrag sind übergangen.
finding-filled_down = Kopfdaten nur in der ersten Zeile
finding-filled_down-text = Nummer, Tag und Kunde stehen nur in der ersten Zeile einer Rechnung. Die folgenden sind ihr zugerechnet.
finding-other_sheets = Weitere Blätter
finding-other_sheets-text = Diese Blätter der Arbeitsmappe sind nicht gelesen.
finding-duplicate_lines = Positionen doppelt
finding-duplicate_lines-text = Dieselbe Position derselben Rechnung steht mehrmals in den Dateien. Trotzdem gebucht wird jede nur einmal.
finding-totals_disagree = Summen stimmen nicht
finding-totals_disagree-text = Die Positionen von Rechnungen ergeben nicht den Betrag ihres Kopfes. Trotzdem gebucht gelten die Positionen.
finding-mostly_empty = Überwiegend leer
finding-mostly_empty-text = Mehr als die Hälfte der Zeilen ist leer. Vielleicht ist der Export abgebrochen.
finding-many_rejected = Viele Zeilen zurückgewiesen
finding-many_rejected-text = Mehr als ein Zehntel der Zeilen ist nicht lesbar. Meist ist eine Spalte falsch zugeordnet.
finding-several_currencies = Mehrere Währungen
finding-several_currencies-text = Die Zeilen sind in mehr als einer Währung, und ohne Kurse lassen sie sich nicht zusammenzählen.
finding-without_account = Ohne Kunde
finding-without_account-text = Diese Zeilen nennen keinen Kunden. Sie werden gebucht, aber keinem Kunden zugerechnet.
finding-credit_notes = Gutschriften
finding-credit_notes-text = Ihre negativen Beträge mindern den Umsatz.
finding-cancellations = Stornos
finding-cancellations-text = Ihre negativen Beträge mindern den Umsatz.
finding-zero_amounts = Betrag null
finding-zero_amounts-text = Diese Positionen zählen als Position, nicht als Umsatz.
finding-negative_amounts = Negative Beträge
finding-negative_amounts-text = Diese Positionen mindern den Umsatz.
finding-excluded_status = Wegen ihres Status ausgelassen
finding-excluded_status-text = Diese Zeilen sind ausgelassen, wie gewünscht.
finding-rounded_amounts = Gerundete Beträge
finding-rounded_amounts-text = Der Nettobetrag ist gerundet gedruckt. Gebucht wird das genaue Produkt aus Menge, Preis und Rabatt.
ledger-rounded-sum = Zusammen ergeben die gedruckten Beträge { $sum }.
finding-amounts_per_unit = Beträge je Stück
finding-amounts_per_unit-text = Die Beträge der Positionen gelten je Stück, wie die Rechnungsköpfe zeigen. Sie sind mit der Menge multipliziert.
finding-ambiguous_dates = Tag und Monat nicht eindeutig
finding-ambiguous_dates-text = Kein Datum zeigt, ob der Tag oder der Monat vorn steht. Bitte die Schreibweise der Tage unten ansehen; sie lässt sich von Hand wählen.
finding-future_dates = Datum in der Zukunft
finding-future_dates-text = Diese Positionen sind auf Tage nach heute datiert, meist ein Tippfehler. Sie werden gebucht; Stichtag der Zahlen bleibt höchstens heute.
finding-empty_rows = Leere Zeilen
finding-empty_rows-text = Zeilen ohne jeden Wert sind übergangen.
finding-total_rows = Summenzeilen
finding-total_rows-text = Summen- und Steuerzeilen sind übergangen: ein Betrag ohne Datum, Nummer und Kunde, oder eine Zeile ohne Menge, die sich Summe oder Steuer nennt.
finding-headers_without_lines = Rechnungsköpfe ohne Positionen
finding-headers_without_lines-text = Zu diesen Rechnungen gibt es keine Positionen. Sie zählen nicht mit.
finding-already_booked = Schon gebucht
finding-already_booked-text = Diese Positionen stehen unverändert im Umsatzbuch und werden nicht noch einmal gebucht.
finding-changed_lines = Geänderte Positionen
finding-changed_lines-text = Diese Positionen stehen mit anderen Werten im Umsatzbuch. Die gebuchten bleiben, außer es ist unten gewählt, sie zu ersetzen.
finding-bad_currency = Währung nicht lesbar
finding-bad_currency-text = Die Währung ist keine nach ISO 4217. Diese Zeilen werden nicht gebucht.
finding-positive_credit_notes = Gutschriften mit positivem Betrag
finding-positive_credit_notes-text = Die Belegart sagt Gutschrift, der Betrag ist positiv: So würde der Umsatz steigen. Trotzdem gebucht gilt der Betrag, wie er dasteht.
ledger-fresh-ahead = Die neueste Rechnung ist auf den { $day } datiert, der noch kommt
ledger-fresh-today = Die neueste Rechnung ist von heute
ledger-fresh = { $days ->
    [one] Die neueste Rechnung ist vom { $day }, einen Tag alt
   *[other] Die neueste Rechnung ist vom { $day }, { $days } Tage alt
}
ledger-fresh-read = zuletzt eingelesen { $at }
ledger-totals-disagree = Bei { $some } von { $all } Rechnungsköpfen ergeben die Positionen nicht den Betrag des Kopfes.
ledger-amounts-per-unit = { $some } von { $all } Rechnungsköpfen gehen nur auf, wenn die Beträge der Positionen mit der Menge multipliziert werden.
ledger-source-known = Unter einer anderen Quelle werden dieselben Kunden ein zweites Mal angelegt. Bisher: { $sources }.
ledger-weight-accepted = hingenommen
ledger-booked-despite = Trotzdem gebucht, weil hingenommen wurde: { $kinds }.
ledger-new-lines-never = Neue Positionen, nicht gebucht
ledger-revenue-never = Umsatz, nicht gebucht
ledger-new-lines-undone = Zurückgenommene Positionen
ledger-revenue-undone = Zurückgenommener Umsatz
ledger-revenue-booked = Umsatz, der dazukam

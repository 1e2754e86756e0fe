# Konzerne
groups-relation = Beziehung
groups-relation-wrong = Wählen Sie, wie die beiden zueinander stehen.
groups-account = Anderer Kunde
groups-account-hint = Kundennummer oder Name
groups-account-missing = Nennen Sie den anderen Kunden.
groups-account-unknown = Kein Kunde hat diese Nummer oder diesen Namen.
groups-account-several = Mehrere Kunden passen: { $names }. Geben Sie an, was in Klammern steht.
groups-share = Anteil in %
groups-share-hint = Ab 50 % gilt der Kunde als beherrscht.
groups-share-wrong = Kein Anteil. Geben Sie Prozent über 0 bis 100 an, zum Beispiel 51 oder 33,34.
groups-from = Seit
groups-from-hint = Leer, wenn die Beziehung schon immer besteht.
groups-to = Bis
groups-to-hint = Letzter Tag; leer, solange sie besteht.
groups-itself = Ein Kunde kann nicht mit sich selbst verbunden sein.
groups-ends-before-start = Die Beziehung endet, bevor sie beginnt.
groups-no-share = Für Zahlen und Empfangen lässt sich kein Anteil angeben.
groups-known = Diese beiden sind in dieser Zeit schon so verbunden.
groups-more-than-whole = Alle Anteile zusammen wären { $percent }.
groups-more-than-whole-on = Am { $day } wären alle Anteile zusammen { $percent }.
groups-cycle = So würde sich ein Kunde selbst beherrschen: { $way }.
groups-relation-subsidiary = Tochter von
groups-relation-subsidiary-down = Mutter von
groups-relation-joint_venture = Gemeinschaftsunternehmen von
groups-relation-joint_venture-down = beteiligt an Gemeinschaftsunternehmen
groups-relation-pays_for = wird bezahlt von
groups-relation-pays_for-down = bezahlt für
groups-relation-receives_for = lässt Ware empfangen von
groups-relation-receives_for-down = empfängt Ware für
groups-kind-subsidiary = Tochter
groups-kind-joint_venture = Gemeinschaftsunternehmen
groups-kind-pays_for = Zahlung
groups-kind-receives_for = Warenempfang
groups-add = Beziehung eintragen
groups-edit = Beziehung korrigieren
groups-edit-short = Korrigieren
groups-end = Beenden
groups-end-hint = Was bis dahin galt, bleibt für Auswertungen zu einem Stichtag stehen.
groups-last-day = Letzter Tag
groups-withdraw = Als Irrtum zurücknehmen
groups-withdraw-text = Die Beziehung hat nie bestanden. Sie verschwindet aus allen Auswertungen; das Protokoll behält sie.
groups-withdraw-confirm = Diese Beziehung als Irrtum zurücknehmen?
groups-added = Beziehung eingetragen.
groups-ended = Beziehung beendet.
groups-withdrawn = Beziehung zurückgenommen.
groups-edges = Beziehungen dieses Kunden
groups-edges-none = Noch keine Beziehung eingetragen.
groups-always = schon immer
groups-open = bis heute
groups-finding-alone = { $name } gehört zu keinem Konzern.
groups-finding = { $count ->
    [one] { $head } steht für sich.
   *[other] { $head } führt einen Konzern mit { $count } Kunden.
}
groups-as-of = Stand
groups-show = Zeigen
groups-import = Konzerne importieren
groups-kind-wrong = Art der Beziehung: subsidiary, joint_venture, pays_for oder receives_for.
groups-file-unreadable = Die Datei lässt sich nicht lesen: { $message }
groups-file-columns = Keine Zeile nennt die Spalten. Gebraucht werden der Kunde (zum Beispiel „Kundennummer“) und seine Mutter (zum Beispiel „Tochter von“).
groups-file-long = Mehr als { $rows } Zeilen.
groups-import-several = Mehrere Kunden heißen so ({ $count }). Geben Sie die Nummer an.
groups-import-cycle = So würde sich ein Kunde selbst beherrschen.
groups-import-sub = Eine CSV- oder Excel-Datei mit je einer Zeile für eine Tochter: ihre Nummer oder ihr Name, und die der Mutter. Anteil und Beginn können dabeistehen.
groups-import-file = Datei
groups-import-file-hint = Spalten werden an ihren Überschriften erkannt, zum Beispiel „Kundennummer“, „Tochter von“, „Anteil“, „Seit“.
groups-import-file-missing = Wählen Sie eine Datei.
groups-import-create = Namen, die kein Kunde hat, als Interessenten anlegen
groups-import-preview = Vorschau
groups-import-run = { $count ->
    [0] Nichts einzutragen
    [one] Eine Beziehung eintragen
   *[other] { $count } Beziehungen eintragen
}
groups-import-finding = { $count ->
    [0] { $file } enthält keine neue Beziehung.
    [one] { $file } enthält eine neue Beziehung.
   *[other] { $file } enthält { $count } neue Beziehungen.
}
groups-import-column = „{ $header }“
groups-import-columns = Gelesen: { $columns }.
groups-import-known = { $count ->
    [one] Eine Beziehung steht schon da.
   *[other] { $count } Beziehungen stehen schon da.
}
groups-import-without = { $count ->
    [one] Eine Zeile nennt keine Mutter.
   *[other] { $count } Zeilen nennen keine Mutter.
}
groups-import-new = { $count ->
    [one] Ein Interessent wird angelegt
   *[other] { $count } Interessenten werden angelegt
}
groups-import-problems = { $count ->
    [one] Eine Zeile wird nicht eingetragen
   *[other] { $count } Zeilen werden nicht eingetragen
}
groups-import-line = Zeile
groups-import-value = Wert
groups-import-why = Grund
groups-import-child = Tochter
groups-import-parent = Mutter
groups-import-edges = Wird eingetragen
groups-import-more = … und { $count } weitere.
groups-import-done = { $edges ->
    [one] Eine Beziehung eingetragen
   *[other] { $edges } Beziehungen eingetragen
}, { $problems } Zeilen nicht.
groups-import-new-mark = neu

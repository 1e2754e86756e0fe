# Kundenblatt
dossier-as-of = { $company }, Stand { $date }
dossier-days = { $from } bis { $to }
dossier-period = Zeitraum
dossier-show = Anzeigen
dossier-empty-title = Das Umsatzbuch ist leer
dossier-empty-text = Sobald Rechnungen gebucht sind, stehen hier Umsatz, Ertrag, Warengruppen und Rechnungen dieses Kunden.
dossier-import = Rechnungen einlesen
dossier-no-lines = In diesem Zeitraum ist für diesen Kunden nichts gebucht.
dossier-no-lines-last = Die letzte Rechnung ist vom { $date }.
dossier-all-time = Alles ansehen
dossier-unconverted = Ohne Wechselkurs und deshalb in keiner Summe: { $amounts }.

dossier-revenue = Umsatz
dossier-against-year = gegen Vorjahr
dossier-against-before = gegen den Zeitraum davor
dossier-not-comparable = davor nicht erfasst
dossier-margin-rate = Ertrag vom Umsatz
dossier-margin-unknown = Kosten nicht bekannt
dossier-house = Haus { $rate }
dossier-known = bekannt für { $share }
dossier-rank = Rang
dossier-rank-of = von { $count }
dossier-rank-margin = Rang nach Ertrag
dossier-share-revenue = { $share } des Umsatzes
dossier-share-margin = { $share } des Ertrags
dossier-invoices = Rechnungen
dossier-average = im Schnitt { $amount }
dossier-last-invoice = Letzte Rechnung
dossier-days-ago = { $days ->
    [0] heute
    [one] gestern
   *[other] vor { $days } Tagen
}
dossier-usual-gap = { $days ->
    [one] { $date }, üblich jeden Tag
   *[other] { $date }, üblich alle { $days } Tage
}
dossier-never = noch keine

dossier-finding-nothing = Kein Umsatz in diesem Zeitraum
dossier-finding-credits = Gutschriften übersteigen die Rechnungen
dossier-finding-new = Davor kein Umsatz: neu oder zurückgekehrt
dossier-finding-below-since = Seit { $month } in jedem Monat unter Vorjahr
dossier-finding-above-since = Seit { $month } in jedem Monat über Vorjahr
dossier-finding-up-year = Umsatz { $rate } über Vorjahr
dossier-finding-down-year = Umsatz { $rate } unter Vorjahr
dossier-finding-up-before = Umsatz { $rate } über dem Zeitraum davor
dossier-finding-down-before = Umsatz { $rate } unter dem Zeitraum davor
dossier-finding-mostly = { $change }, vor allem { $group }
dossier-finding-since = { $change }, seit { $month } in jedem Monat
dossier-finding-steady-year = Umsatz etwa wie im Vorjahr
dossier-finding-steady-before = Umsatz etwa wie im Zeitraum davor
dossier-finding-steady = Umsatz je Monat
dossier-finding-best = Stärkster Monat: { $month } mit { $amount }
dossier-chart = Umsatz und Ertrag je Monat, { $from } bis { $to }
dossier-month = Monat
dossier-year-before = Vorjahr
dossier-change = Veränderung
dossier-margin = Ertrag
dossier-margin-percent = Ertrag %

dossier-groups = Warengruppen
dossier-groups-none = Keine Warengruppen in diesem Zeitraum.
dossier-groups-only = Nur eine Warengruppe: { $group }
dossier-groups-first = Größte Warengruppe ist { $group } mit { $share } des Umsatzes
dossier-groups-silent = { $count ->
    [one] Eine Warengruppe ist verstummt: { $groups }
   *[other] { $count } Warengruppen sind verstummt: { $groups }
}
dossier-group-none = ohne Warengruppe
dossier-silent = verstummt
dossier-silent-text = Im Zeitraum davor gekauft, in diesem nicht mehr.
dossier-groups-more = { $count ->
    [one] Eine weitere Warengruppe
   *[other] { $count } weitere Warengruppen
}
dossier-share = Anteil

dossier-invoices-title = { $count ->
    [one] Eine Rechnung vom { $date }
   *[other] { $count } Rechnungen, die letzte vom { $date }
}
dossier-invoices-title-credits = { $count } Rechnungen und Gutschriften, die letzte vom { $date }
dossier-invoices-newer = Neuere Rechnungen, bis zum { $date }, liegen nach diesem Zeitraum.
dossier-invoices-none = Keine Rechnungen in diesem Zeitraum.
dossier-invoices-end = So viele Rechnungen gibt es nicht.
dossier-invoices-first-page = Zur ersten Seite
dossier-invoices-range = Rechnung { $first } bis { $last }
dossier-newer = Neuere
dossier-older = Ältere
dossier-no-number = ohne Nummer
dossier-credit = Gutschrift
dossier-invoice-kind = Rechnung
dossier-lines = { $count ->
    [one] { $count } Position
   *[other] { $count } Positionen
}
dossier-groups-and-more = { $group } und { $count } weitere
dossier-source = Quelle
dossier-number = Kundennummer
dossier-date = Datum
dossier-invoice = Rechnung
dossier-kind = Art
dossier-position = Pos.
dossier-article = Artikel
dossier-article-name = Bezeichnung
dossier-group = Warengruppe
dossier-quantity = Menge
dossier-net = Netto
dossier-cost = Kosten
dossier-currency = Währung
dossier-status = Status
dossier-csv = CSV
dossier-xlsx = Excel
dossier-group-revenue = Umsatz des Konzerns
dossier-group-revenue-below = Umsatz mit Töchtern
dossier-group-accounts = Kunden im Konzern
dossier-group-accounts-buying = { $count ->
    [one] einer kaufte im Zeitraum
   *[other] { $count } kauften im Zeitraum
}
dossier-group-share = Anteil am Konzern
dossier-group-share-of = { $share } von { $head }
dossier-group-rank = Rang unter Konzernen
dossier-group-node = Kunde
dossier-group-own = Umsatz
dossier-group-all = mit Töchtern
dossier-group-since = Seit
dossier-group-alone-text = Sobald Sie eintragen, wem dieser Kunde gehört oder wer ihm gehört, zählen Umsatz, Klasse und Abhängigkeit auch für den ganzen Konzern.
dossier-group-drawing = Aufbau des Konzerns von { $head }
dossier-group-held-by = gehört zu { $parent }
dossier-group-figures = Zahlen für { $period }, in { $currency }.
dossier-group-outside = Ohne beherrschenden Anteil verbunden
dossier-group-whole = Konzern

portfolio-largest = Die größten Kunden
portfolio-all = Alle { $count }
portfolio-months = Umsatz und Ertrag je Monat
portfolio-month = Monat
portfolio-of-revenue = { $rate } vom Umsatz
portfolio-against-before = gegen den Zeitraum davor
portfolio-invoices = { $count ->
    [one] eine Rechnung
   *[other] { $count } Rechnungen
}
portfolio-found = { $count ->
    [one] Einer von { $total } Kunden bringt
   *[other] { $count } von { $total } Kunden bringen
} { $amount }, { $share } des Umsatzes
portfolio-search = Suche
portfolio-any = alle
portfolio-more-filters = Weitere Filter
portfolio-none = Mit diesen Filtern bleibt kein Kunde übrig.
portfolio-filter-wrong = Diese Auswahl gibt es nicht.
portfolio-largest-finding = { $count ->
    [one] Der größte Kunde bringt
   *[other] Die { $count } größten Kunden bringen
} { $share } des Umsatzes
portfolio-to-classes = Klassen und Tabelle
portfolio-months-both = Umsatz { $revenue }, Ertrag { $margin } gegen den Zeitraum davor
portfolio-months-revenue = Umsatz { $revenue } gegen den Zeitraum davor
portfolio-points = { $points } Punkte
portfolio-buying = Kunden mit Rechnung
portfolio-before-count = davor { $count }
portfolio-effective = wie { $count } gleich große
portfolio-risen = { $count ->
    [one] Ein Kunde legte um { $amount } zu
   *[other] { $count } Kunden legten zu, zusammen um { $amount }
}
portfolio-fallen = { $count ->
    [one] Ein Kunde gab um { $amount } nach
   *[other] { $count } Kunden gaben nach, zusammen um { $amount }
}
portfolio-all-changes = Alle
portfolio-found-all = { $total ->
    [one] Ein Kunde bringt
   *[other] { $total } Kunden bringen
} { $amount } Umsatz
portfolio-found-buying = { $buying ->
    [one] Einer von { $total } Kunden bringt
   *[other] { $buying } von { $total } Kunden bringen
} { $amount } Umsatz, die übrigen haben keine Rechnung in diesem Zeitraum
portfolio-found-partly = { $count } von { $total } Kunden; { $buying ->
    [one] einer davon bringt
   *[other] { $buying } davon bringen
} { $amount }, { $share } des Umsatzes
portfolio-found-idle = { $count ->
    [one] Einer von { $total } Kunden, ohne Rechnung in diesem Zeitraum
   *[other] { $count } von { $total } Kunden, alle ohne Rechnung in diesem Zeitraum
}
portfolio-found-none = Keiner von { $total } Kunden passt dazu
portfolio-no-such-page = So viele Kunden sind es nicht.
portfolio-columns = Spalten
portfolio-columns-remember = Als meine Vorgabe merken
portfolio-columns-chosen = Ihre Kundenliste beginnt jetzt mit diesen Spalten.
portfolio-source = Quelle
portfolio-numbers = Weitere Kundennummern
portfolio-country = Land
portfolio-postal-code = PLZ
portfolio-city = Ort
portfolio-industry = Branche
portfolio-class = Klasse (Umsatz)
portfolio-margin-class = Klasse (Ertrag)
portfolio-difference = Unterschied
portfolio-invoices-column = Rechnungen
portfolio-first = Erster Kauf
portfolio-last = Letzter Kauf
portfolio-contact = Kontakt
portfolio-idle = Letzter Kauf
portfolio-idle-days = { $days ->
    [one] vor mehr als einem Tag
   *[other] vor mehr als { $days } Tagen
}
portfolio-reset = Filter aufheben
growth-up = wächst ab 10 %
growth-steady = bleibt gleich
growth-down = schrumpft ab 10 %
growth-new = neu
growth-lost = ausgeblieben
margin-loss = Verlust
margin-low = unter 10 %
margin-middle = 10 bis 25 %
margin-high = ab 25 %
margin-unknown = unbekannt
portfolio-archived = Archivierte
portfolio-archived-alone = nur diese
portfolio-archived-too = auch diese
portfolio-found-unbooked = { $count ->
    [one] Ein Kunde, noch ohne Rechnungen
   *[other] { $count } Kunden, noch ohne Rechnungen
}
portfolio-unbooked = Umsatz, Klassen und Ertrag stehen hier, sobald Rechnungen eingelesen sind.

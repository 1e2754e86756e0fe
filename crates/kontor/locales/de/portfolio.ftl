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
portfolio-newest = Neueste Rechnung
portfolio-found = { $found } von { $total } Kunden
portfolio-search = Suche
portfolio-any = alle
portfolio-sort = Sortiert nach
portfolio-none = Kein Kunde passt dazu.
portfolio-filter-wrong = Diese Auswahl gibt es nicht.

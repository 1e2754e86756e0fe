web-chart-empty = In diesem Zeitraum gibt es nichts zu zeichnen.
web-chart-class-a = A bis { $percent } %
web-chart-class-b = B bis { $percent } %
web-chart-class-c = C
web-chart-largest = größter Kunde
web-chart-first-ranks = Rang 1 bis { $count }, ebenso viele je Balken
web-chart-rank = Rang { $rank }
web-chart-ranks = Rang { $first } bis { $last }
web-chart-mark = { $count ->
    [one] { $count } Kunde · { $share }
   *[other] { $count } Kunden · { $share }
}
web-chart-revenue = Umsatz
web-chart-earlier = davor
web-chart-margin = Ertrag
web-chart-before = Vorjahr
web-chart-rest = übrige Monate

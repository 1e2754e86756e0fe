valuation-metric-wrong = Umsatz (revenue) oder Ertrag (margin).
valuation-days-wrong = Zwei Tage, der frühere zuerst, zum Beispiel 2025-01-01 und 2025-06-30.
valuation-lede-few = { $count } von { $total } Kunden bringen { $share } { $metric ->
    [margin] des Ertrags
   *[revenue] des Umsatzes
}, einer allein { $largest }.
valuation-lede-one = Einer von { $total } Kunden bringt { $largest } { $metric ->
    [margin] des Ertrags
   *[revenue] des Umsatzes
}.
valuation-lede-single = { $metric ->
    [margin] Ein Kunde bringt den ganzen Ertrag.
   *[revenue] Ein Kunde bringt den ganzen Umsatz.
}
valuation-lede-empty = In diesem Zeitraum liegt keine Position; das Umsatzbuch reicht vom { $first } bis zum { $last }.
valuation-lede-none = { $metric ->
    [margin] In diesem Zeitraum bringt kein Kunde einen Ertrag.
   *[revenue] In diesem Zeitraum bringt kein Kunde einen Umsatz.
}
valuation-compared = Verglichen mit { $days }.
valuation-compared-partly = Verglichen mit { $days }, wovon erst ab { $first } etwas erfasst ist: Wachstum erscheint zu groß.
valuation-nothing-before = Vom Zeitraum davor ist nichts erfasst.
valuation-sub = { $period }, netto in { $currency }.
valuation-margin-known = Ertrag bekannt für { $share } des Umsatzes.
valuation-margin-unknown = Ertrag unbekannt.
valuation-period = Zeitraum
valuation-metric = Klassen nach
valuation-thresholds = A und B enden bei
valuation-threshold-pair = { $a } % und { $b } %
valuation-own-days = Von–bis
valuation-own-days-hint = Ohne den ersten Tag: die letzten 12 vollen Monate bis zum zweiten, etwa zu einem Stichtag.
valuation-from = Von
valuation-to = Bis
valuation-show = Zeigen
valuation-unassigned = { $lines ->
    [one] Eine Position ohne Kunden über { $amount } steht
   *[other] { $lines } Positionen ohne Kunden über { $amount } stehen
} in keiner dieser Zahlen.
valuation-unconverted = Ohne Währungskurs und deshalb in keiner dieser Zahlen: { $amounts }.
valuation-unconverted-do = Kurs setzen
valuation-empty-title = Noch keine Rechnungen
valuation-empty-text = Aus den Rechnungszeilen Ihrer Warenwirtschaft wird hier, wer Ihre wichtigen Kunden sind. Eine Datei als CSV, Excel oder Parquet genügt.
valuation-empty-wait = Sobald jemand mit der Rolle dafür Rechnungen einliest, steht hier, wer die wichtigen Kunden sind.
valuation-empty-do = Rechnungen einlesen
valuation-revenue = Umsatz
valuation-margin = Ertrag
valuation-margin-rate = Ertragsquote
valuation-rank = Rang
valuation-account = Kunde
valuation-number = Kundennr.
valuation-share = Anteil
valuation-cumulative = Aufaddiert
valuation-growth = Veränderung
valuation-class = Klasse
valuation-change = Klasse
valuation-before-of = { $metric } davor
valuation-came = neu
valuation-gone = fort
valuation-pareto-label = Kunden nach { $metric }, der größte zuerst, und was sie zusammen bringen
valuation-pareto-finding = { $count ->
    [one] Ein Kunde trägt { $share }
   *[other] { $count } Kunden tragen { $share }
}; das größte Fünftel aller Kunden bringt { $top20 }
valuation-pareto-none = Kein Kunde mit positivem Betrag
valuation-concentration-none = Nichts, das sich verteilt
valuation-concentration-few = Der größte bringt { $top1 }; so konzentriert wie { $effective } gleich große Kunden
valuation-concentration-finding = Fünf Kunden bringen { $top5 }; so konzentriert wie { $effective } gleich große
valuation-strip-label = Anteile der größten Kunden
valuation-strip-largest = Größter Kunde
valuation-strip-to = Rang { $first } bis { $last }
valuation-strip-rest = Alle übrigen
valuation-major-none = Kein Kunde bringt { $share } oder mehr.
valuation-major = { $count ->
    [one] Ein Kunde bringt { $share } oder mehr:
   *[other] { $count } Kunden bringen { $share } oder mehr:
}
valuation-movers-finding = { $moved ->
    [0] Kein Kunde hat die Klasse gewechselt
    [one] Ein Kunde hat die Klasse gewechselt
   *[other] { $moved } Kunden haben die Klasse gewechselt
}, { $came } kamen dazu, { $gone } blieben aus
valuation-cross-head = Anzahl und Umsatz
valuation-corner = { $count ->
    [one] Ein Kunde ist A nach Umsatz und C nach Ertrag:
   *[other] { $count } Kunden sind A nach Umsatz und C nach Ertrag:
}
valuation-level = Als ein Kunde zählt
valuation-as-of-wrong = Kein Tag. Beispiel: 2026-12-31.
valuation-groups-on = Konzerne zählen als ein Kunde, nach dem Stand vom { $day }.
valuation-groups-day = Stand der Konzerne
valuation-members = Konzern, { $count } Kunden
valuation-part = { $count ->
    [0] Sie sehen keinen Kunden, da Sie zu keinem Betreuungsteam gehören.
    [one] Sie sehen einen Kunden. Summen und Anteile gelten für ihn, Rang und Klasse im ganzen Haus.
   *[other] Sie sehen { $count } Kunden. Summen und Anteile gelten für diese, Rang und Klasse im ganzen Haus.
}
valuation-ranking = { $shown ->
    [one] Der größte Kunde
   *[other] Die größten { $shown } von { $total } Kunden
}
valuation-difference = Unterschied
valuation-movers-more = { $count ->
    [one] Ein weiterer, dessen Betrag sich nicht stärker geändert hat, ist hier nicht genannt.
   *[other] { $count } weitere, deren Betrag sich nicht stärker geändert hat, sind hier nicht genannt.
}
valuation-movers-all = Alle als Datei:
valuation-movers-title = Klassenwechsel
valuation-all-accounts = Alle Kunden
valuation-a-accounts = A-Kunden
valuation-a-note = bringen { $share }
valuation-top-fifth = Größtes Fünftel
valuation-balance = { $few } der Kunden bringen { $much }
valuation-top10 = die zehn größten { $share }
valuation-hhi = Konzentration (HHI)
valuation-equal = wie { $count } gleich große
valuation-gini = Gini-Koeffizient
valuation-gini-note = 0 alle gleich, 1 einer alles
valuation-classes-finding = { $a } A, { $b } B und { $c } C
valuation-cross-finding = { $drains ->
    [0] Kein A-Kunde nach Umsatz
    [one] Ein A-Kunde nach Umsatz
   *[other] { $drains } A-Kunden nach Umsatz
} { $drains ->
    [0] ist
    [one] ist
   *[other] sind
} C nach Ertrag, { $gems ->
    [0] keiner
    [one] einer
   *[other] { $gems }
} umgekehrt
valuation-tabs = Seiten der Kundenbewertung
valuation-tab-abc = ABC
valuation-tab-scores = Bewertung
valuation-tab-matrix = Matrix
valuation-tab-key-accounts = Key-Accounts
valuation-tab-rounds = Runden
valuation-period-wrong = Diesen Zeitraum gibt es nicht. Bitte einen aus der Liste wählen, oder zwei Tage angeben: zum Beispiel von 01.01.2025 bis 30.06.2025.

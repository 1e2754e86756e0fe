# Wörter
scoring-score = Punkte
scoring-coverage = Abdeckung
scoring-change = Veränderung
scoring-stance = Empfehlung
scoring-criterion = Kriterium
scoring-weight = Gewicht
scoring-weight-percent = Gewicht in %
scoring-points = Bewertung
scoring-points-of = Bewertung: { $criterion }
scoring-because = Woraus
scoring-contribution = Beitrag
scoring-brings = Bringt
scoring-sum = Summe
scoring-axis = Achse
scoring-axis-none = keine
scoring-axis-attractiveness = Attraktivität
scoring-axis-position = Eigene Stellung
scoring-how = Berechnung
scoring-note = Anmerkung
scoring-rank-best = Bester Rang
scoring-rank-worst = Schlechtester Rang
scoring-rater = Wer
scoring-rating = Bewertung
scoring-evidence = Beleg
scoring-rated_on = Am
scoring-review = Wieder prüfen am
scoring-stance-invest = Investieren
scoring-stance-maintain = Halten
scoring-stance-selective = Auswählen
scoring-stance-withdraw = Zurückziehen
scoring-metric-revenue = Umsatz
scoring-metric-margin = Ertrag
scoring-metric-growth = Wachstum in %
scoring-metric-breadth = Zahl der Warengruppen
scoring-metric-regularity = Monate mit Aufträgen in %

# Liste
scoring-lede = { $high ->
    [0] Keiner
    [one] Einer
   *[other] { $high }
} von { $ranked ->
    [one] einem bewerteten Kunden
   *[other] { $ranked } bewerteten Kunden
} { $high ->
    [0] erreicht
    [one] erreicht
   *[other] erreichen
} { $from } Punkte oder mehr.
scoring-lede-found = { $count ->
    [0] Kein Kunde passt
    [one] Ein Kunde passt
   *[other] { $count } Kunden passen
} zur Auswahl.
scoring-lede-none = Noch von keinem Kunden ist genug bekannt: Nötig sind { $least } % des Gewichts.
scoring-sub = Zahlen vom { $from } bis { $to }, { $count ->
    [one] ein Kunde
   *[other] { $count } Kunden
}.
scoring-rank-range = { $rank } ({ $best }–{ $worst })
scoring-a_low = { $count ->
    [one] Ein A-Kunde liegt
   *[other] { $count } A-Kunden liegen
} unter { $from } Punkten: groß, aber nicht den Aufwand wert
scoring-b_high = { $count ->
    [one] Ein B- oder C-Kunde erreicht
   *[other] { $count } B- oder C-Kunden erreichen
} { $from } Punkte: mehr wert, als der Umsatz zeigt
scoring-show_them = Zeigen
scoring-sort = Sortiert nach
scoring-contrast = Gegen ABC
scoring-contrast-a_low = A mit wenig Punkten
scoring-contrast-b_high = B und C mit vielen
scoring-too-little = Zu wenig bekannt für einen Rang

# Ein Kunde
scoring-of-hundred = von 100
scoring-too-little-for = unter { $least } % Abdeckung, ohne Rang
scoring-known-of = { $known } von { $all } Kriterien bekannt
scoring-rank-steady = von { $ranked }; auch bei anderen Gewichten
scoring-rank-note = von { $ranked }; bei ±20 % Gewicht { $best } bis { $worst }
scoring-not-ranked = ohne Rang
scoring-since = gegenüber { $date }
scoring-no-last = kein festgehaltener Stand
scoring-where-from = Woher die Punkte kommen
scoring-formula-whole = Summe von Gewicht × Bewertung ÷ 5
scoring-formula = Summe von Gewicht × Bewertung ÷ 5, geteilt durch die { $coverage } Gewicht, die bekannt sind
scoring-changed = Was sich geändert hat
scoring-changed-from = Von { $was } auf { $is } Punkte: was sich geändert hat
scoring-changed-nothing = Seit dem letzten festgehaltenen Stand hat sich nichts geändert.
scoring-nothing-known = Zu diesem Kunden gibt es noch keine Rechnung und keine Bewertung.
scoring-unknown = unbekannt
scoring-not-rated = nicht bewertet
scoring-one-rater = eine Bewertung
scoring-raters-agree = { $count } Bewertungen, einig
scoring-raters = { $count } Bewertungen von { $low } bis { $high }
scoring-stale = überfällig
scoring-of-months = in { $share } der Monate
scoring-groups = { $count ->
    [one] eine Warengruppe
   *[other] { $count } Warengruppen
}

# Bewertungen
scoring-ratings = Bewertungen
scoring-ratings-none = Noch hat niemand diesen Kunden bewertet.
scoring-ratings-ended = { $count ->
    [one] Eine frühere Bewertung
   *[other] { $count } frühere Bewertungen
}
scoring-no-evidence = ohne Beleg
scoring-rate-title = Ihre Bewertung
scoring-rate-save = Bewerten
scoring-rated = Bewertung gespeichert.
scoring-rate-nothing = Nichts Neues: mindestens eine Bewertung ändern.
scoring-rating-wrong = Eine Bewertung von 0 bis 5; bei ja oder nein nur 5 oder 0.
scoring-rating-ended = Diese Bewertung gilt schon nicht mehr.
scoring-review-past = Der Tag der nächsten Prüfung muss nach dem heutigen liegen.
scoring-withdraw = Zurückziehen
scoring-withdraw-sure = Diese Bewertung zurückziehen? Sie bleibt in der Geschichte stehen und zählt nicht mehr.
scoring-withdrawn = Bewertung zurückgezogen.

# Festgehaltene Stände
scoring-kept-title = Festgehaltene Stände
scoring-kept-sub = Ein festgehaltener Stand bleibt mit dem Modell lesbar, mit dem er gemacht wurde. Veränderungen werden gegen den letzten gerechnet.
scoring-kept-none = Noch ist kein Stand festgehalten.
scoring-kept-at = Festgehalten
scoring-kept-count = Zahl
scoring-kept-by = Von
scoring-kept-notice = Stand vom { $at }, festgehalten von { $by }.
scoring-to-present = Zum heutigen Stand
scoring-keep = Heutigen Stand festhalten
scoring-keep-nothing = Das Umsatzbuch ist leer; es gibt nichts festzuhalten.
scoring-kept-done = Stand festgehalten.

# Modell
scoring-model = Modell
scoring-model-version = Modell { $version }
scoring-version = Fassung { $version }
scoring-given = Vorgabe
scoring-made = { $by }, { $at }
scoring-model-old = Das ist eine frühere Fassung.
scoring-model-to-newest = Zur geltenden
scoring-model-set = Modell { $version } gilt.
scoring-model-save = Als neue Fassung speichern
scoring-model-note = Warum diese Fassung
scoring-model-empty = Ein Modell braucht mindestens ein Kriterium.
scoring-model-repeated = Dasselbe Kriterium steht zweimal darin.
scoring-weights = Kriterien und Gewichte
scoring-weights-text = Die Gewichte ergeben zusammen 100 %. Fünf bis acht Kriterien sind zu überblicken; ein Kriterium ohne Gewicht gehört nicht zum Modell.
scoring-weights-wrong = Die Gewichte ergeben { $sum } statt 100.
scoring-weight-wrong = { $name }: eine ganze Zahl von 0 bis 100.
scoring-advice-count = { $count ->
    [one] Ein Kriterium
   *[other] { $count } Kriterien
} im Modell: Fünf bis acht werden empfohlen.
scoring-advice-light = „{ $name }“ wiegt unter 5 % und ändert kaum etwas.
scoring-advice-axis = Kein Kriterium gehört zur Achse „{ $axis }“; die Matrix bleibt leer.
scoring-thresholds = Schwellen
scoring-least-coverage = Mindestabdeckung in %
scoring-least-coverage-hint = Darunter hat ein Kunde keinen Rang und wird nicht vorgeschlagen.
scoring-suggest-from = Vorschlag ab Punkten
scoring-suggest-from-hint = Wer so viele erreicht, wird als Key-Account vorgeschlagen.
scoring-suggest-class = Vorschlag ab Klasse
scoring-keep-from = Überprüfung unter Punkten
scoring-keep-from-hint = Key-Accounts darunter werden zur Überprüfung vorgeschlagen.
scoring-attractive-from = Attraktiv ab Punkten
scoring-strong-from = Starke Stellung ab Punkten
scoring-axis-hint = Teilt diese Achse der Matrix.
scoring-class-wrong = A, B oder C.
scoring-percent-wrong = Eine ganze Zahl von 0 bis 100.
scoring-versions = Fassungen
scoring-archived = Nicht mehr angeboten:

# Kriterium
scoring-criterion-unknown = Dieses Kriterium gibt es nicht, oder es wird nicht mehr angeboten.
scoring-out-wrong = Der Name der Datei muss auf .csv oder .xlsx enden.
scoring-criterion-add = Kriterium anlegen
scoring-criterion-add-sub = Woran messen Sie einen Kunden außerdem? Nach dem Anlegen bekommt es im Modell sein Gewicht.
scoring-criterion-added = Kriterium angelegt. Geben Sie ihm hier sein Gewicht.
scoring-criterion-change = Ändern
scoring-criterion-change-text = Es entsteht eine neue Fassung, und steht das Kriterium im Modell, auch von diesem. Festgehaltene Stände bleiben, wie sie waren.
scoring-criterion-archive = Nicht mehr anbieten
scoring-criterion-offer = Wieder anbieten
scoring-criterion-in-model = Das Kriterium steht im Modell; nehmen Sie ihm dort zuerst sein Gewicht.
scoring-kind-rated = Bewertet von 0 bis 5
scoring-kind-yes_no = Ja oder nein
scoring-kind-metric = Kennzahl aus dem Umsatzbuch
scoring-kind-wrong = Bewertet (rated), ja oder nein (yes_no) oder Kennzahl (metric).
scoring-kind-fixed = Die Art eines Kriteriums lässt sich nicht ändern, weil seine Bewertungen sonst etwas anderes hießen. Legen Sie ein neues an.
scoring-name-de = Name auf Deutsch
scoring-name-en = Name auf Englisch
scoring-name-taken = So heißt schon ein Kriterium.
scoring-text-missing = Bitte angeben.
scoring-text-long = Höchstens { $max } Zeichen.
scoring-metric = Kennzahl
scoring-metric-wrong = Eine der Kennzahlen aus der Liste.
scoring-scale = Punkte nach
scoring-scale-breakpoints = Schwellen
scoring-scale-percentiles = Stellung unter allen Kunden
scoring-scale-hint = Schwellen in der Einheit der Kennzahl; oder der Anteil der Kunden in %, vor denen einer liegt.
scoring-scale-wrong = Schwellen (breakpoints) oder Stellung (percentiles).
scoring-scale-falls = Die fünf Werte müssen steigen; Anteile müssen zwischen 0 und 100 liegen.
scoring-number-wrong = Keine Zahl.
scoring-at = { $step } ab
scoring-anchor-de = { $step } heißt auf Deutsch
scoring-anchor-en = { $step } heißt auf Englisch
scoring-steps = Was die Stufen heißen
scoring-steps-metric = Für jede erreichte Schwelle gibt es einen Punkt, also 0 bis 5.
scoring-how-breakpoints = { $metric }: ein Punkt je Schwelle { $values }
scoring-how-percentiles = { $metric }: ein Punkt je Anteil der Kunden, vor denen einer liegt: { $values }
scoring-how-rated = Bewertet von 0 bis 5, Mittel aller Bewertungen
scoring-how-yes_no = Ja gibt 5 Punkte, nein 0

# Erklärung in Dateien
scoring-explanation = Erklärung
scoring-column = Spalte
scoring-explain-score = 100 × Σ(Gewicht × Bewertung ÷ 5) ÷ Σ Gewicht, beide Summen über die Kriterien mit bekannter Bewertung
scoring-explain-coverage = Σ Gewicht der Kriterien mit bekannter Bewertung ÷ Σ Gewicht aller Kriterien
scoring-explain-rank = 1 + Zahl der Kunden mit mehr Punkten; nur Kunden mit mindestens { $least } % Abdeckung
scoring-explain-range = Bester und schlechtester Rang, wenn das Gewicht je eines Kriteriums um 20 % gesenkt oder erhöht und die Summe wieder auf 100 gebracht wird
scoring-explain-change = Punkte minus Punkte des letzten festgehaltenen Standes
scoring-explain-axis = Dieselbe Formel wie die Punkte, nur über die Kriterien dieser Achse
scoring-explain-stance = Nur für Kunden mit Rang. Attraktiv ab { $attractive } und stark ab { $strong } Punkten: Halten; nur attraktiv: Investieren; nur stark: Auswählen; sonst: Zurückziehen

# Matrix
scoring-matrix-title = Attraktivität gegen eigene Stellung
scoring-matrix-lede = { $count ->
    [one] Ein Kunde
   *[other] { $count } Kunden
}: { $invest } investieren, { $maintain } halten, { $selective } auswählen, { $withdraw } zurückziehen.
scoring-matrix-none = Noch hat kein Kunde einen Platz in der Matrix.
scoring-matrix-tail = wo der Kunde ein Jahr davor stand
scoring-matrix-marked = Key-Account, mit Rand
scoring-matrix-largest = Gezeichnet sind die { $drawn } größten von { $all }; die Tabelle hat alle.
scoring-matrix-axis = { $axis }: { $criteria }.
scoring-matrix-area = Die Fläche eines Kreises ist der Umsatz.
scoring-matrix-stances = Was die Felder empfehlen
scoring-matrix-borders = Attraktiv ab { $attractive } Punkten, starke Stellung ab { $strong } Punkten. Nur Kunden mit Rang haben einen Platz.
scoring-matrix-bubble = { $name }: Umsatz { $revenue }, Attraktivität { $attractiveness }, eigene Stellung { $position }, { $stance }
scoring-before = davor
scoring-stance-text-invest = Attraktiv, aber wir sind schwach: Zeit und Geld einsetzen, um Boden zu gewinnen.
scoring-stance-text-maintain = Attraktiv, und wir sind stark: die Stellung halten und gegen den Wettbewerb sichern.
scoring-stance-text-selective = Weniger attraktiv, aber wir sind stark: mitnehmen, was sich lohnt, mit wenig Aufwand.
scoring-stance-text-withdraw = Weniger attraktiv, und wir sind schwach: Standardbetreuung oder keine.

# Runden
scoring-rounds = { $open ->
    [0] Keine Runde ist offen
    [one] Eine Runde ist offen
   *[other] { $open } Runden sind offen
}
scoring-rounds-none = Noch keine Bewertungsrunde
scoring-rounds-text = In einer Runde bewerten mehrere dieselben Kunden bis zu einem Tag, in einer Tabelle mit der Tastatur.
scoring-round = Runde
scoring-round-name = Name der Runde
scoring-round-open = Runde eröffnen
scoring-round-open-sub = Wer soll welche Kunden bis wann wonach bewerten?
scoring-round-open-do = Eröffnen
scoring-round-opened = Runde eröffnet.
scoring-round-sub = Bis { $due }, eröffnet von { $name }.
scoring-round-close = Schließen
scoring-round-close-sure = Diese Runde schließen? Danach kann darin niemand mehr bewerten; was bewertet ist, bleibt.
scoring-round-closed = Diese Runde ist geschlossen.
scoring-round-closed-done = Runde geschlossen.
scoring-round-state-open = offen
scoring-round-state-closed = geschlossen
scoring-round-progress = { $given } von { $all } Bewertungen gegeben
scoring-round-empty = In dieser Auswahl hat niemand etwas zu bewerten.
scoring-state = Stand
scoring-due = Bis
scoring-due-past = Der Tag liegt schon zurück.
scoring-opened-by = Eröffnet von
scoring-given-count = Gegeben
scoring-given-of = { $given } von { $all }
scoring-selection = Welche Kunden
scoring-selection-a = A-Kunden
scoring-selection-ab = A- und B-Kunden
scoring-selection-rated = schon einmal bewertete
scoring-selection-largest = die größten
scoring-selection-wrong = Eine Auswahl aus der Liste.
scoring-accounts-max = Höchstens so viele, die größten zuerst
scoring-accounts-wrong = Eine Zahl von 1 bis { $max }.
scoring-raters-legend = Wer bewertet
scoring-raters-missing = Mindestens ein aktiver Benutzer, der bewerten darf.
scoring-own-only = Jeder nur die Kunden, in deren Betreuungsteam er ist
scoring-criteria-legend = Wonach
scoring-criteria-missing = Mindestens ein Kriterium, das bewertet wird.
scoring-rate-own = { $count ->
    [one] Einen Kunden bewerten
   *[other] { $count } Kunden bewerten
}
scoring-rate-keys = Ziffern 0 bis 5 füllen ein Feld und gehen weiter, Pfeile und Eingabetaste gehen zum Nachbarn. Bei ja oder nein gilt 1 für ja (5 Punkte) und 0 für nein. Blass steht, was Sie zuletzt gegeben haben.
scoring-rate-nobody = In dieser Runde haben Sie keinen Kunden zu bewerten.

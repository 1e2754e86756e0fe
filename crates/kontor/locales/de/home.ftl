# Meine Kunden
home-sub = { $waiting ->
    [0] Mit allen { $count } Kunden sind Sie im Rhythmus.
    [one] Ein Kunde wartet auf Kontakt, von { $count }.
   *[other] { $waiting } Kunden warten auf Kontakt, von { $count }.
}
home-none = Sie betreuen noch keinen Kunden.
home-none-sub = Hier stehen die Kunden, zu deren Betreuungsteam Sie gehören.
home-steps = { $count ->
    [one] Ein nächster Schritt wartet auf Sie
   *[other] { $count } nächste Schritte warten auf Sie
}
home-more-steps = und { $count } weitere
cadence-own-hint = Beide Felder leer: wieder nach der Regel der Klasse.

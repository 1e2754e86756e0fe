# Meine Kunden
home-finding = { $count ->
    [one] { $waiting ->
        [0] Mit Ihrem Kunden sind Sie im Rhythmus
       *[other] Ihr Kunde wartet auf Kontakt
    }
   *[other] { $waiting ->
        [0] Mit allen { $count } Kunden sind Sie im Rhythmus
        [one] Einer Ihrer { $count } Kunden wartet auf Kontakt
       *[other] { $waiting } Ihrer { $count } Kunden warten auf Kontakt
    }
}
home-sub = Alle Kunden, zu deren Betreuungsteam Sie gehören; wer am längsten wartet, steht oben.
home-none = Sie betreuen noch keinen Kunden.
home-none-sub = Hier stehen die Kunden, zu deren Betreuungsteam Sie gehören.
home-steps = { $count ->
    [one] Ein nächster Schritt wartet auf Sie
   *[other] { $count } nächste Schritte warten auf Sie
}
home-more-steps = und { $count } weitere
cadence-own-hint = Beide Felder leer: wieder nach der Regel der Klasse.

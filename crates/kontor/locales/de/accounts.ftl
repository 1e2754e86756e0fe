accounts-parts = Teile der Kundenakte
accounts-part-people = Ansprechpartner
accounts-part-overview = Überblick
accounts-part-team = Betreuungsteam
accounts-number-of = Nr. { $number } ({ $source })
accounts-part-group = Konzern

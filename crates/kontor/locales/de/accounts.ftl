accounts-parts = Teile der Kundenakte
accounts-part-overview = Überblick
accounts-part-team = Betreuungsteam
accounts-number-of = Nr. { $number } ({ $source })
accounts-part-group = Konzern

accounts-parts = Teile der Kundenakte
accounts-part-people = Ansprechpartner
accounts-part-overview = Überblick
accounts-number-of = Nr. { $number } ({ $source })
accounts-part-group = Konzern

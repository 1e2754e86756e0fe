accounts-parts = Teile der Kundenakte
accounts-part-overview = Überblick
accounts-number-of = Nr. { $number } ({ $source })
accounts-part-group = Konzern
accounts-part-valuation = Bewertung

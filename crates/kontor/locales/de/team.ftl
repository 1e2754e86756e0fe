team-users = Benutzer
team-users-finding = { $count ->
    [one] Ein Benutzer arbeitet mit Kontor
   *[other] { $count } Benutzer arbeiten mit Kontor
}
team-name = Name
team-mail = E-Mail
team-role = Rolle
team-active = Aktiv
team-active-hint = Darf sich anmelden
team-inactive = nicht aktiv
team-since = Seit
team-add = Benutzer hinzufügen
team-added = Der Benutzer ist angelegt. Mit dem Anmeldelink legt er sein Passwort fest.
team-edit = Benutzer ändern
team-link = Anmeldelink erzeugen
team-link-made = Dieser Link meldet { $name } einmal an. Er gilt drei Tage und wird nur jetzt angezeigt:
team-name-missing = Bitte einen Namen angeben.
team-name-too-long = Höchstens { $max } Zeichen.
team-mail-wrong = Das ist keine E-Mail-Adresse.
team-mail-taken = Diese E-Mail-Adresse hat schon ein Benutzer.
team-mail-unknown = Kein Benutzer hat diese E-Mail-Adresse.
team-role-wrong = Bitte eine der vier Rollen wählen.
team-language-wrong = Bitte eine der Sprachen wählen.
team-last-administrator = Das ist der letzte Administrator; Rolle und Zugang lassen sich nicht nehmen.
team-password = Passwort
team-password-new = Neues Passwort
team-password-current = Jetziges Passwort
team-password-repeat = Passwort wiederholen
team-password-hint = Mindestens { $min } Zeichen; ein Satz ist gut.
team-password-too-short = Mindestens { $min } Zeichen.
team-password-too-long = Höchstens { $max } Zeichen.
team-password-guessable = Dieses Passwort ist zu leicht zu erraten.
team-password-differs = Die beiden Passwörter sind verschieden.
team-password-wrong = Das ist nicht das jetzige Passwort.
team-password-set = Das Passwort ist geändert; andere Sitzungen sind beendet.
team-password-change = Passwort ändern
team-profile = Profil
team-language = Sprache
role-administrator = Administrator
role-sales_lead = Vertriebsleitung
role-member = Mitarbeiter
role-viewer = Leser
team-unit = Einheit
team-units = Einheiten
team-units-sub = Wer eine Einheit leitet, sieht und steuert, was sie und die Einheiten darunter betreuen.
team-units-tree = Aufbau
team-units-none = Noch keine Einheit. Legen Sie die erste an, zum Beispiel „Vertrieb“.
team-unit-add = Einheit anlegen
team-unit-change = Einheit ändern
team-unit-parent = Gehört zu
team-unit-members = Mitglieder
team-unit-none = –
team-unit-archived = archiviert
team-unit-archived-hint = Archiviert: niemand kommt mehr hinzu
team-unit-unknown = Bitte eine der Einheiten wählen.
team-unit-taken = So heißt schon eine Einheit.
team-unit-circle = Eine Einheit kann nicht unter sich selbst liegen.
team-unit-used = Zuerst Benutzer und offene Einheiten darunter anderswo unterbringen.
team-role-kam = Key-Account-Manager
team-role-deputy = Vertretung
team-role-sales_rep = Außendienst
team-role-project_manager = Projektleitung
team-role-service = Service
team-role-crm_manager = CRM-Manager
team-role-liaison_manager = Liaison-Manager
team-role-executive_sponsor = Pate aus der Geschäftsführung
team-notices = Hinweise
team-notices-finding = { $count ->
    [0] Keine neuen Hinweise
    [one] Ein neuer Hinweis
   *[other] { $count } neue Hinweise
}
team-notices-dismiss = Gelesen
team-notices-dismiss-all = Alle gelesen
team-notices-waiting = { $count ->
    [one] Ein Hinweis
   *[other] { $count } Hinweise
}
team-notice-job-changed = { $person } wechselt von { $from } zu { $to } ({ $date })

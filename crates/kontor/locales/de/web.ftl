# Rahmen aller Seiten
web-skip = Zum Inhalt
web-search = Kunde, Person oder Befehl …
web-shortcuts = Tastenkürzel
web-shortcut-search = Suchen
web-shortcut-help = Diese Übersicht
web-close = Schließen
web-errors = { $count ->
    [one] Eine Angabe stimmt noch nicht.
   *[other] { $count } Angaben stimmen noch nicht.
}
web-new = neu
web-pages = Seiten
web-range = { $first }–{ $last } von { $total }
web-previous = Zurück
web-next = Weiter
web-save = Speichern
web-cancel = Abbrechen
web-date-wrong = Kein Datum. Beispiel: 31.12.2026.
web-date-example = z. B. 31.12.2026
web-yes = ja
web-no = nein
web-table = Als Tabelle
web-print = Drucken
web-saved = Gespeichert.
web-key-account = Key-Account
web-never = nie

nav-label = Hauptmenü
nav-home = Übersicht
nav-accounts = Kunden
nav-people = Ansprechpartner
nav-valuation = Bewertung
nav-ledger = Umsatzbuch
nav-workload = Betreuung
nav-settings = Einstellungen
nav-users = Benutzer
nav-audit = Protokoll
nav-profile = Profil
nav-tokens = API-Schlüssel

fault-title = Fehler
fault-status = Fehler { $status }.
fault-home = Zur Übersicht
fault-signed-out = Bitte anmelden.
fault-not-found = Das gibt es hier nicht.
fault-forbidden = Das darf Ihre Rolle nicht.
fault-too-many = Zu viele Versuche. Bitte in { $minutes } Minuten noch einmal.
fault-malformed = Diese Anfrage ist nicht vollständig oder kommt nicht von einer Seite dieses Hauses.
fault-too-large = Zu groß: höchstens { $megabytes } MB sind möglich.
fault-day = Kein Tag. Beispiel: 2026-12-31.
fault-one-of = Möglich sind: { $choices }.
fault-wrong-method = Das geht hier nicht.
fault-internal = Hier ist etwas schiefgegangen. Der Grund steht im Protokoll des Servers.

api-field-missing = Dieses Feld fehlt.
api-field-wrong = Das passt hier nicht: { $cause }.
api-key-missing = Der API-Schlüssel fehlt: Authorization: Bearer …
api-key-unknown = Dieser API-Schlüssel ist unbekannt, abgelaufen oder widerrufen.
api-scope-too-narrow = Dieser API-Schlüssel darf das nicht: Sein Umfang ist „{ $scope }“.
api-parameter-unknown = Diesen Parameter gibt es hier nicht. Möglich sind: { $choices }.
api-parameter-none = Hier gibt es keine Parameter.
api-limit-wrong = Eine Zahl von 1 bis { $max }.
api-cursor-wrong = Kein Zeiger dieser Liste; mit der ersten Seite anfangen.
api-key-wrong = Ein Text von 1 bis { $max } Zeichen.
api-key-reused = Dieser Schlüssel gehört zu einer anderen Anfrage.
api-key-busy = Die erste Anfrage mit diesem Schlüssel ist noch in Arbeit.
web-choice-wrong = Bitte eine der Möglichkeiten wählen.
web-days-wrong = Bitte zwei Tage angeben, den früheren zuerst: zum Beispiel von 01.01.2025 bis 30.06.2025.
web-filter-left-out = Gezeigt wird alles Übrige, wonach gefragt ist.
web-without-that = Ohne diese Angabe weiter
fault-session-ended = Ihre Sitzung ist zu Ende
fault-session-ended-text = Gespeichert wurde nichts. Bitte melden Sie sich in einem neuen Tab an und kommen Sie dann hierher zurück.
fault-sign-in-beside = In neuem Tab anmelden
fault-send-again-text = Was Sie eingegeben haben, steht noch bereit. Sobald Sie angemeldet sind, senden Sie es hier noch einmal ab.
fault-send-again = Noch einmal senden
fault-go-back = Sobald Sie angemeldet sind, gehen Sie hier mit „Zurück“ zum Formular und senden es noch einmal ab.
fault-address-wrong = So lässt sich das nicht zeigen

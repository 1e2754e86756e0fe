team-users = Users
team-users-finding = { $count ->
    [one] One user works with Kontor
   *[other] { $count } users work with Kontor
}
team-name = Name
team-mail = Mail
team-role = Role
team-active = Active
team-active-hint = May sign in
team-inactive = not active
team-since = Since
team-add = Add a user
team-added = The user is there. The sign-in link lets them set a password.
team-edit = Change user
team-link = Make a sign-in link
team-link-made = This link signs { $name } in once. It works for three days and is shown only now:
team-name-missing = Please give a name.
team-name-too-long = At most { $max } characters.
team-mail-wrong = This is not a mail address.
team-mail-taken = A user has this mail address already.
team-mail-unknown = No user has this mail address.
team-role-wrong = Please choose one of the four roles.
team-language-wrong = Please choose one of the languages.
team-last-administrator = This is the last administrator; role and access cannot be taken away.
team-password = Password
team-password-new = New password
team-password-current = Present password
team-password-repeat = Repeat the password
team-password-hint = At least { $min } characters; a sentence is fine.
team-password-too-short = At least { $min } characters.
team-password-too-long = At most { $max } characters.
team-password-guessable = This password is too easy to guess.
team-password-differs = The two passwords differ.
team-password-wrong = This is not the present password.
team-password-set = The password is changed; other sessions are ended.
team-password-change = Change password
team-profile = Profile
team-language = Language
role-administrator = Administrator
role-sales_lead = Sales lead
role-member = Member
role-viewer = Viewer
team-unit = Unit
team-units = Units
team-units-sub = Whoever leads a unit sees and steers what it and the units below it look after.
team-units-tree = Structure
team-units-none = No unit yet. Add the first one, “Sales” for instance.
team-unit-add = Add unit
team-unit-change = Change unit
team-unit-parent = Belongs to
team-unit-members = Members
team-unit-none = –
team-unit-archived = archived
team-unit-archived-hint = Archived: nobody joins any more
team-unit-unknown = Please choose one of the units.
team-unit-taken = A unit is called that already.
team-unit-circle = A unit cannot lie below itself.
team-unit-used = First move its users and the open units below it elsewhere.
team-role-kam = Key account manager
team-role-deputy = Deputy
team-role-sales_rep = Sales rep
team-role-project_manager = Project manager
team-role-service = Service
team-role-crm_manager = CRM manager
team-role-liaison_manager = Liaison manager
team-role-executive_sponsor = Executive sponsor
team-notices = Notices
team-notices-finding = { $count ->
    [0] No new notices
    [one] One new notice
   *[other] { $count } new notices
}
team-notices-dismiss = Read
team-notices-dismiss-all = All read
team-notices-waiting = { $count ->
    [one] One notice
   *[other] { $count } notices
}
team-notice-job-changed = { $person } moves from { $from } to { $to } ({ $date })

# My accounts
home-sub = { $waiting ->
    [0] You are in step with all { $count } accounts.
    [one] One account waits for contact, of { $count }.
   *[other] { $waiting } accounts wait for contact, of { $count }.
}
home-none = You do not look after any account yet.
home-none-sub = Here stand the accounts on whose team you are.
home-steps = { $count ->
    [one] One next step waits for you
   *[other] { $count } next steps wait for you
}
home-more-steps = and { $count } more
cadence-own-hint = Both fields empty: back to the rule of the class.

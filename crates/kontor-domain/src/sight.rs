//! Which accounts somebody may see. Whatever hangs on an account (figures, people, interactions, files) is seen with it and hidden with it.

use std::collections::HashSet;
use std::sync::Arc;

/// The accounts a viewer may see. Every read that touches accounts asks it; what it hides does not exist for the viewer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sight {
    /// All accounts, also those that come later.
    All,
    /// These accounts, by id.
    Only(Arc<HashSet<i64>>),
    /// No account. What a viewer has until the policy was asked, so that forgetting to ask shows nothing.
    #[default]
    Nothing,
}

impl Sight {
    /// Exactly these accounts.
    pub fn only(accounts: impl IntoIterator<Item = i64>) -> Sight {
        Sight::Only(Arc::new(accounts.into_iter().collect()))
    }

    /// Whether this account may be seen.
    pub fn sees(&self, account_id: i64) -> bool {
        match self {
            Sight::All => true,
            Sight::Only(accounts) => accounts.contains(&account_id),
            Sight::Nothing => false,
        }
    }

    /// Whether nothing is hidden.
    pub const fn is_all(&self) -> bool {
        matches!(self, Sight::All)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_sees_anything_by_default() {
        assert!(!Sight::default().sees(1));
        assert!(Sight::All.sees(1) && Sight::All.is_all());
        let some = Sight::only([1, 3]);
        assert!(some.sees(3) && !some.sees(2) && !some.is_all());
    }
}

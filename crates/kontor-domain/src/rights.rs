//! Who may do what: one pure function, asked by web, API and command line alike.

use serde::{Deserialize, Serialize};

use crate::sight::Sight;
use crate::team::{Language, Role};

/// Something a viewer wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// See accounts and their figures.
    SeeFigures,
    /// Take accounts and figures out as a file.
    Export,
    /// Change master data of accounts and the groups they belong to.
    EditAccounts,
    /// Make one record of two, and part them again.
    MergeRecords,
    /// See imports with their findings.
    SeeImports,
    /// Upload, check and book invoice files.
    Import,
    /// Take a booked import back.
    UndoImport,
    /// Rate accounts, in and outside rounds.
    Rate,
    /// Define criteria and models, open rounds, keep results.
    DefineScoring,
    /// Nominate accounts as key accounts, or for a review.
    Nominate,
    /// Declare, decline, keep and revoke key accounts, and say what each class gets.
    DecideKeyAccounts,
    /// See the settings.
    SeeSettings,
    /// Change company, fiscal year, currency, thresholds, period.
    ChangeSettings,
    /// See, invite and change users.
    ManageUsers,
    /// Make and revoke one's own API tokens.
    OwnTokens,
    /// Change one's own language and password.
    OwnProfile,
    /// Read the audit log.
    SeeAudit,
    /// Change the team of any account one sees, also of many at once.
    AssignTeams,
    /// Change the team of accounts that one is the KAM of; which these are, the verb asks.
    ChangeOwnTeams,
    /// See how much each KAM looks after.
    SeeWorkload,
    /// Add and change people on the customers' side.
    EditPeople,
    /// Save views of lists and keep records at hand, for oneself.
    OwnViews,
    /// Share a view with everybody.
    ShareViews,
    /// Log contacts with customers, change one's own, attach files, say how often somebody is to be met.
    LogInteractions,
}

impl Right {
    /// All rights.
    pub const ALL: &[Right] = <Right as strum::VariantArray>::VARIANTS;
}

/// What an API token may be used for; never more than its owner may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Reading only.
    Read,
    /// Reading, and importing invoice files.
    Import,
    /// Whatever the owner may, except making further tokens and changing the profile.
    Full,
}

impl Scope {
    /// All scopes, the narrowest first.
    pub const ALL: [Scope; 3] = [Scope::Read, Scope::Import, Scope::Full];

    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Import => "import",
            Scope::Full => "full",
        }
    }

    const fn allows(self, right: Right) -> bool {
        match right {
            Right::SeeFigures | Right::Export | Right::SeeImports | Right::SeeWorkload => true,
            Right::Import | Right::UndoImport => !matches!(self, Scope::Read),
            Right::Rate | Right::DefineScoring | Right::Nominate | Right::DecideKeyAccounts => matches!(self, Scope::Full),
            Right::AssignTeams | Right::ChangeOwnTeams => matches!(self, Scope::Full),
            Right::MergeRecords
            | Right::EditAccounts
            | Right::SeeSettings
            | Right::ChangeSettings
            | Right::ManageUsers
            | Right::SeeAudit => {
                matches!(self, Scope::Full)
            }
            Right::EditPeople => matches!(self, Scope::Full),
            Right::OwnTokens | Right::OwnProfile => false,
            Right::OwnViews | Right::ShareViews => matches!(self, Scope::Full),
            Right::LogInteractions => matches!(self, Scope::Full),
        }
    }
}

impl std::str::FromStr for Scope {
    type Err = String;

    fn from_str(text: &str) -> Result<Scope, String> {
        Scope::ALL.into_iter().find(|scope| scope.name() == text).ok_or_else(|| format!("not a scope: “{text}”; give read, import or full"))
    }
}

/// How a viewer came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// Signed in, with a browser.
    Web,
    /// With an API token of this scope.
    Token(Scope),
    /// At the command line of the machine itself; the operator owns the data folder and may do everything.
    CommandLine,
}

/// Who is looking or acting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The user's id; 0 for the operator at the command line.
    pub user_id: i64,
    /// The name for greetings and the audit log.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The language of the screens.
    pub language: Language,
    /// How the viewer came in.
    pub via: Via,
    /// Which accounts the viewer may see.
    pub sight: Sight,
}

impl Viewer {
    /// The operator at the command line of the machine Kontor runs on.
    pub fn operator(language: Language) -> Viewer {
        Viewer { user_id: 0, name: "kontor".to_owned(), role: Role::Administrator, language, via: Via::CommandLine, sight: Sight::All }
    }

    /// May this viewer do that?
    pub fn may(&self, right: Right) -> bool {
        let by_role = match right {
            Right::SeeFigures | Right::SeeImports | Right::OwnProfile | Right::OwnTokens | Right::OwnViews => true,
            Right::Rate | Right::Nominate => self.role != Role::Viewer,
            Right::DefineScoring | Right::DecideKeyAccounts => matches!(self.role, Role::Administrator | Role::SalesLead),
            Right::Export | Right::Import | Right::ShareViews | Right::EditAccounts | Right::ChangeOwnTeams => self.role != Role::Viewer,
            Right::MergeRecords
            | Right::UndoImport
            | Right::SeeSettings
            | Right::ChangeSettings
            | Right::AssignTeams
            | Right::SeeWorkload => {
                matches!(self.role, Role::Administrator | Role::SalesLead)
            }
            Right::EditPeople | Right::LogInteractions => self.role != Role::Viewer,
            Right::ManageUsers | Right::SeeAudit => self.role == Role::Administrator,
        };
        let by_way = match self.via {
            Via::Web | Via::CommandLine => true,
            Via::Token(scope) => scope.allows(right),
        };
        by_role && by_way
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rights(role: Role, via: Via) -> Vec<Right> {
        let viewer = Viewer { user_id: 1, name: "x".into(), role, language: Language::En, via, sight: Sight::All };
        Right::ALL.iter().copied().filter(|&right| viewer.may(right)).collect()
    }

    #[test]
    fn a_viewer_reads_and_takes_nothing_out() {
        assert_eq!(
            rights(Role::Viewer, Via::Web),
            [Right::SeeFigures, Right::SeeImports, Right::OwnTokens, Right::OwnProfile, Right::OwnViews]
        );
    }

    #[test]
    fn an_administrator_may_everything_and_each_role_includes_the_next() {
        assert_eq!(rights(Role::Administrator, Via::Web), Right::ALL);
        for pair in Role::ALL.windows(2) {
            let (more, less) = (rights(pair[0], Via::Web), rights(pair[1], Via::Web));
            assert!(less.iter().all(|right| more.contains(right)), "{pair:?}");
        }
    }

    #[test]
    fn a_token_never_gives_more_than_its_owner_has() {
        for role in Role::ALL {
            for scope in Scope::ALL {
                let (own, by_token) = (rights(role, Via::Web), rights(role, Via::Token(scope)));
                assert!(by_token.iter().all(|right| own.contains(right)), "{role} {scope:?}");
            }
        }
        assert_eq!(
            rights(Role::Administrator, Via::Token(Scope::Read)),
            [Right::SeeFigures, Right::Export, Right::SeeImports, Right::SeeWorkload]
        );
        assert!(!rights(Role::Administrator, Via::Token(Scope::Full)).contains(&Right::OwnTokens));
    }
}

//! Somebody who reads interactions, with the accounts on whose team they are today.

use std::collections::HashSet;
use std::sync::Arc;

use kontor_domain::interaction::{self, Readable};
use kontor_domain::rights::{Right, Viewer};

use crate::assignments;
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;

/// A viewer and what decides about what is for teams.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    /// Who looks.
    pub viewer: &'a Viewer,
    /// The accounts on whose team the viewer is on the day of looking.
    pub teams: Arc<HashSet<i64>>,
}

impl<'a> Reader<'a> {
    /// The reader of today.
    pub async fn of(office: &Office, viewer: &'a Viewer) -> Result<Reader<'a>, Fault> {
        require(viewer, Right::SeeFigures)?;
        let teams = assignments::actions::accounts_of(office, viewer.user_id, office.today()).await?;
        Ok(Reader { viewer, teams: Arc::new(teams.into_iter().map(|(account_id, _)| account_id).collect()) })
    }

    /// Whether what is for teams is open to this reader everywhere.
    pub fn reads_all_teams(&self) -> bool {
        interaction::reads_all_teams(self.viewer)
    }

    /// May this reader read an interaction?
    pub fn may_read(&self, of: Readable) -> bool {
        interaction::may_read(self.viewer, of, self.teams.contains(&of.account_id))
    }
}

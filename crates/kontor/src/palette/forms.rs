//! What is sent to the palette → checked values.

use kontor_domain::view::Kept;
use serde::Deserialize;

use crate::fault::Fault;

/// What to keep at hand, or no longer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FavouriteForm {
    /// `account` or `person`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// `on` to keep it, anything else to let it go.
    pub on: String,
}

impl FavouriteForm {
    /// What it is about: kind, id, and whether to keep it.
    pub fn parse(&self) -> Result<(Kept, i64, bool), Fault> {
        let kind = self.kind.parse().map_err(|_| Fault::field("kind", |t| t.palette_record_wrong()))?;
        let id = self.id.parse().map_err(|_| Fault::field("id", |t| t.palette_record_wrong()))?;
        Ok((kind, id, self.on == "on"))
    }
}

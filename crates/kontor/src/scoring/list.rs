//! The list of scores: what is asked of it, and the rows that fit.

use std::sync::Arc;

use kontor_domain::abc::Class;
use kontor_domain::rights::Viewer;
use kontor_domain::scoring::Score;
use kontor_domain::scoring::portfolio::Stance;
use serde::Deserialize;

use super::actions::visible;
use super::table::Table;
use crate::accounts::directory::Directory;
use crate::accounts::pages::name;
use crate::accounts::search::Search;
use crate::accounts::store::Account;
use crate::fault::{Fault, FieldError};
use crate::web::url;

/// The parameters as they stand in the address; empty ones count as absent.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct ScoresQuery {
    /// Words of name, place or number.
    pub q: String,
    /// `A`, `B` or `C`.
    pub class: String,
    /// What is recommended, for ranked accounts only: `invest`, `maintain`, `selective` or `withdraw`.
    pub stance: String,
    /// Where score and class disagree: `a_low` or `b_high`.
    pub contrast: String,
    /// `score`, `revenue`, `coverage`, `change` or `name`.
    pub sort: String,
    /// What counts as one customer: `account` or `group`.
    pub level: String,
    /// A kept result instead of the present.
    pub run: Option<i64>,
    /// The page of the list, from 0; programs get all accounts at once.
    pub page: usize,
}

/// The orders of the list.
const SORTS: [&str; 5] = ["score", "revenue", "coverage", "change", "name"];

/// Where score and class disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Contrast {
    /// Class A, and the score is below the one from which key accounts are kept.
    ALow,
    /// Class B or C, and the score is one from which key accounts are suggested.
    BHigh,
}

/// The accounts of a valuation that a viewer may see, with their names and with what they scored last time.
pub struct Listing {
    /// The valuation.
    pub table: Arc<Table>,
    /// The one that was kept before it, if any.
    pub last: Option<Arc<Table>>,
    /// The accounts' master data.
    pub directory: Arc<Directory>,
    /// The places in the valuation that the viewer may see.
    pub visible: Vec<usize>,
}

impl Listing {
    /// What this viewer sees of a valuation.
    pub fn new(table: Arc<Table>, last: Option<Arc<Table>>, directory: Arc<Directory>, viewer: &Viewer) -> Listing {
        let is_known = |&index: &usize| directory.place_of(table.rows[index].account_id).is_some();
        let visible = visible(&table, viewer).into_iter().filter(is_known).collect();
        Listing { table, last, directory, visible }
    }

    /// The account at a place.
    pub fn account(&self, index: usize) -> Option<&Account> {
        let place = self.directory.place_of(self.table.rows[index].account_id)?;
        self.directory.accounts().get(place).map(|account| &**account)
    }

    /// What the account at a place is called.
    pub fn name(&self, index: usize) -> &str {
        self.account(index).map_or("–", name)
    }

    /// How much the score changed since last time; `None` where it was not known then or is not known now.
    pub fn change(&self, index: usize) -> Option<f64> {
        let (row, last) = (&self.table.rows[index], self.last.as_ref()?);
        let before = last.rows[last.find(row.account_id)?].scored.score?;
        Some(row.scored.score?.value() - before.value())
    }

    /// Whether score and class disagree in this way.
    pub fn contrasts(&self, index: usize, contrast: Contrast) -> bool {
        let (row, model) = (&self.table.rows[index], &self.table.model.model);
        let at_least = |points: u8| row.scored.score.is_some_and(|score| score >= Score::of_points(u32::from(points)));
        row.place.is_some()
            && match contrast {
                Contrast::ALow => row.class == Some(Class::A) && !at_least(model.keep_from),
                Contrast::BHigh => matches!(row.class, Some(Class::B | Class::C)) && at_least(model.suggest_from),
            }
    }

    /// The places where score and class disagree in this way.
    pub fn contrast(&self, contrast: Contrast) -> Vec<usize> {
        self.visible.iter().copied().filter(|&index| self.contrasts(index, contrast)).collect()
    }
}

impl ScoresQuery {
    /// The places that fit, in the order asked for. Who is not ranked stands last.
    pub fn rows(&self, listing: &Listing) -> Result<Vec<usize>, Fault> {
        let mut errors = Vec::new();
        let class = given(&self.class, "class", &["A", "B", "C"], &mut errors, |text| {
            Class::ALL.into_iter().find(|class| class.to_string() == text)
        });
        let stances: Vec<&str> = Stance::ALL.iter().map(|stance| stance.name()).collect();
        let stance = given(&self.stance, "stance", &stances, &mut errors, |text| text.parse::<Stance>().ok());
        let contrast = given(&self.contrast, "contrast", &["a_low", "b_high"], &mut errors, |text| text.parse::<Contrast>().ok());
        given(&self.sort, "sort", &SORTS, &mut errors, |text| SORTS.contains(&text).then_some(()));
        if !errors.is_empty() {
            return Err(Fault::Invalid(errors));
        }
        let search = Search::new(&self.q);
        let table = &listing.table;
        let mut found: Vec<(u32, usize)> = (listing.visible.iter().copied())
            .filter(|&index| class.is_none_or(|class| table.rows[index].class == Some(class)))
            .filter(|&index| stance.is_none_or(|stance| table.stance(index) == Some(stance)))
            .filter(|&index| contrast.is_none_or(|contrast| listing.contrasts(index, contrast)))
            .filter_map(|index| {
                let Some(search) = &search else { return Some((0, index)) };
                let account_id = table.rows[index].account_id;
                let ids = std::iter::once(account_id).chain(table.members(account_id).iter().copied());
                let fits = ids.filter_map(|id| search.fits(listing.directory.folded(listing.directory.place_of(id)?)));
                fits.min().map(|fit| (fit, index))
            })
            .collect();
        let row = |index: usize| &table.rows[index];
        match self.sort.as_str() {
            "revenue" => found.sort_by_key(|&(fit, index)| (fit, std::cmp::Reverse(row(index).revenue), index)),
            "coverage" => {
                found.sort_by(|&(a, x), &(b, y)| a.cmp(&b).then(row(y).scored.coverage.total_cmp(&row(x).scored.coverage)).then(x.cmp(&y)))
            }
            "change" => found.sort_by(|&(a, x), &(b, y)| {
                let size = |index| listing.change(index).map_or(-1.0, f64::abs);
                a.cmp(&b).then(size(y).total_cmp(&size(x))).then(x.cmp(&y))
            }),
            "name" => found.sort_by(|&(a, x), &(b, y)| (a, listing.name(x), x).cmp(&(b, listing.name(y), y))),
            _ => found.sort_by_key(|&(fit, index)| {
                let row = row(index);
                (
                    fit,
                    row.place.map_or(u32::MAX, |place| place.rank),
                    std::cmp::Reverse(row.scored.score),
                    std::cmp::Reverse(row.revenue),
                    index,
                )
            }),
        }
        Ok(found.into_iter().map(|(_, index)| index).collect())
    }

    /// Whether only a part of the accounts is asked for.
    pub fn is_filtered(&self) -> bool {
        [&self.q, &self.class, &self.stance, &self.contrast].into_iter().any(|text| !text.trim().is_empty())
    }

    /// The address of another page of the same list.
    pub fn address(&self, path: &str, page: usize) -> String {
        let run = self.run.map(|run| run.to_string()).unwrap_or_default();
        let page = if page == 0 { String::new() } else { page.to_string() };
        let parameters = [
            ("q", &self.q),
            ("class", &self.class),
            ("stance", &self.stance),
            ("contrast", &self.contrast),
            ("sort", &self.sort),
            ("level", &self.level),
            ("run", &run),
            ("page", &page),
        ];
        url::with_query(path, &parameters)
    }
}

fn given<T>(
    text: &str,
    field: &'static str,
    choices: &[&str],
    errors: &mut Vec<FieldError>,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let value = read(text);
    if !text.is_empty() && value.is_none() {
        errors.push(FieldError::new(field, |t| t.portfolio_filter_wrong()).one_of(choices));
    }
    value
}

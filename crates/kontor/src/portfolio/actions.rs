//! Verbs about the accounts list.

use std::sync::Arc;

use kontor_domain::audit::Event;
use kontor_domain::rights::{Right, Via, Viewer};
use kontor_domain::settings::Settings;

use super::columns::{Column, Source};
use super::forms::{Selection, column_names, parse_columns};
use super::list::{self, Found};
use crate::accounts::finder;
use crate::cadence::book::Book;
use crate::fault::Fault;
use crate::office::Office;
use crate::team;
use crate::team::actions::require;
use crate::valuation;
use crate::valuation::table::Valuation;

/// The name under which a user's columns are remembered.
const COLUMNS: &str = "accounts.columns";

/// What the list shows.
pub struct Listing {
    valuation: Arc<Valuation>,
    book: Book,
    is_booked: bool,
}

impl Listing {
    /// What its rows are made of.
    pub fn source(&self) -> Source<'_> {
        Source { valuation: &self.valuation, book: &self.book, is_booked: self.is_booked }
    }
}

/// What the list shows and the rows of it that fit; `None` while there are neither invoices nor accounts. Before anything is booked the accounts have no figures.
pub async fn list(office: &Office, viewer: &Viewer, settings: &Settings, selection: &Selection) -> Result<Option<(Listing, Found)>, Fault> {
    let booked = valuation::actions::value(office, viewer, settings, &selection.wanted).await?;
    let is_booked = booked.is_some();
    let valuation = match booked {
        Some(booked) => booked,
        None => Arc::new(valuation::actions::unbooked(office, viewer, settings, &selection.wanted).await?),
    };
    if !is_booked && valuation.rows.is_empty() {
        return Ok(None);
    }
    let listing = Listing { valuation, book: Book::open(office, viewer).await?, is_booked };
    let source = listing.source();
    let Some(search) = &selection.filter.search else {
        let found = list::find(source, selection, None);
        return Ok(Some((listing, found)));
    };
    // Those in which every typed word occurs; only where there is none, those that a slip of the finger leads to.
    let within = &source.valuation.directory;
    let mut found = list::find(source, selection, Some(&finder::fits(office, within, search, false).await?));
    if found.is_empty() {
        found = list::find(source, selection, Some(&finder::fits(office, within, search, true).await?));
    }
    Ok(Some((listing, found)))
}

/// The columns to show: those asked for, else those the viewer chose the last time, else the usual ones.
pub async fn columns(office: &Office, viewer: &Viewer, asked: Option<Vec<Column>>) -> Result<Vec<Column>, Fault> {
    if let Some(columns) = asked {
        return Ok(columns);
    }
    let remembered = match viewer.via {
        Via::Web => team::store::preference(office.db.read(), viewer.user_id, COLUMNS).await?,
        Via::Token(_) | Via::CommandLine => None,
    };
    // Columns may have other names since; then the usual ones are a good start again.
    Ok(remembered.as_deref().and_then(parse_columns).unwrap_or_else(|| Column::USUAL.to_vec()))
}

/// Remembers which columns the viewer's list begins with.
pub async fn choose_columns(office: &Office, viewer: &Viewer, columns: &[Column]) -> Result<(), Fault> {
    require(viewer, Right::OwnProfile)?;
    let tx = office.db.begin().await?;
    team::store::set_preference(tx.on(), viewer.user_id, COLUMNS, &column_names(columns)).await?;
    let names = columns.iter().map(|column| column.name().into_owned()).collect();
    Ok(tx.commit(viewer, office.now(), Event::ColumnsChosen { list: "accounts".into(), columns: names }).await?)
}

//! The office: nouns with their verbs, pages, API and command line.
//!
//! Each noun is a folder with the same roles: `forms` reads what was sent, `actions` are its verbs, `store` its SQL, `pages` and `api` show it.
//! A later noun may use an earlier one, never the reverse:
//!
//! | noun | what |
//! |---|---|
//! | [`team`] | users, their passwords and sessions; units of the company |
//! | [`settings`] | company, fiscal year, currency, rates, thresholds |
//! | [`access`] | sign-in, set-up, single-use links, API tokens |
//! | [`audit`] | reading the log of what happened |
//! | [`views`] | saved views of lists, favourites |
//! | [`accounts`] | the companies that buy, and how they are found |
//! | [`assignments`] | account teams: who looks after whom, and what each of us sees |
//! | [`groups`] | corporate groups: which accounts belong together |
//! | [`people`] | people on the customers' side |
//! | [`stakeholders`] | who decides at an account, and what each of us is to each of them |
//! | [`interactions`] | contacts with customers, their files, timelines |
//! | [`ledger`] | imports, what they found, which segments are live |
//! | [`valuation`] | classes, Pareto, concentration, growth |
//! | [`cadence`] | how often contact should happen, and with whom it is due |
//! | [`address_book`] | the lists of people, with how contact stands, and files of them |
//! | [`handovers`] | how much each of us looks after, and handing it over |
//! | [`duplicates`] | who was entered twice, and making one of two |
//! | [`scoring`] | the valuation by points: criteria, models, ratings |
//! | [`key_accounts`] | who is nominated and declared, and what each class gets |
//! | [`portfolio`] | the start page and the accounts list |
//! | [`dossier`] | the account page |
//! | [`home`] | one’s own accounts and what is next |
//! | [`palette`] | search and commands over everything |
//!
//! Around them:
//!
//! | module | what |
//! |---|---|
//! | [`office`] | the running office: records and clock |
//! | [`config`] | where things are kept and where the house listens |
//! | [`db`] | connection, migrations, the write transaction |
//! | [`web`] | layout, components, texts, formats, routes, guards |
//! | [`api`] | callers, errors, paging, contract |
//! | [`demo`] | the demo company, and load data |
//! | [`search`] | finding records by what people type |
//! | [`aside`] | work that keeps a processor busy |
//! | [`fault`] | why an action did not happen |
//! | [`memo`] | small memories for values that are dear to compute |
//! | [`order`] | putting in order only as many items as are shown |
//! | [`sheet`] | tables as files |

pub mod access;
pub mod accounts;
pub mod address_book;
pub mod api;
mod aside;
pub mod assignments;
pub mod audit;
pub mod cadence;
pub mod cli;
pub mod config;
pub mod db;
pub mod demo;
pub mod dossier;
pub mod duplicates;
pub mod fault;
pub mod groups;
pub mod handovers;
pub mod home;
pub mod interactions;
pub mod key_accounts;
pub mod ledger;
pub mod memo;
pub mod office;
pub mod order;
pub mod palette;
pub mod people;
pub mod portfolio;
pub mod scoring;
pub mod search;
pub mod settings;
pub mod sheet;
pub mod stakeholders;
pub mod team;
pub mod valuation;
pub mod views;
pub mod web;

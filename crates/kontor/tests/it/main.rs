//! The office as its users meet it: pages, API, command line, on both databases.

mod access;
mod accounts;
mod api;
mod assignments;
mod browser;
mod cadence;
mod cli;
mod dossier;
mod groups;
mod handovers;
mod house;
mod interactions;
mod key_accounts;
mod ledger;
mod migrations;
mod palette;
mod people;
mod portfolio;
mod queries;
mod rights;
mod scoring;
mod settings;
mod team;
mod tidy;
mod views;
mod walk;

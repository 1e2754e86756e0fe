//! The office as its users meet it: pages, API, command line, on both databases.

mod access;
mod accounts;
mod api;
mod assignments;
mod browser;
mod cli;
mod dossier;
mod groups;
mod house;
mod interactions;
mod ledger;
mod migrations;
mod palette;
mod people;
mod portfolio;
mod queries;
mod scoring;
mod settings;
mod stakeholders;
mod team;
mod tidy;
mod views;
mod walk;

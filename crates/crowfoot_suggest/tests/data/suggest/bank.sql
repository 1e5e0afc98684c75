-- Two roles of one table, a natural key, ids of systems outside, a log.
-- > transfers.from_account_id -> accounts.id
-- > transfers.to_account_id -> accounts.id
-- > transfers.currency_code -> currencies.currency_code
-- > accounts.owner_customer_id -> customers.id
-- > accounts.branch_id -> branches.id
-- > branches.manager_employee_id -> employees.id
-- > employees.manager_id -> employees.id
-- > employees.branch_id -> branches.id
create table currencies (currency_code char(3) primary key, title text);
create table customers (id bigint primary key, name text, external_id varchar(40));
create table branches (id bigint primary key, manager_employee_id bigint, city text);
create table employees (id bigint primary key, branch_id bigint not null, manager_id bigint, name text);
create table accounts (id bigint primary key, owner_customer_id bigint not null, branch_id bigint not null, iban varchar(34));
create table transfers (
    id bigint primary key,
    from_account_id bigint not null,
    to_account_id bigint not null,
    currency_code char(3) not null,
    request_id varchar(40),
    trace_id varchar(40),
    amount numeric(12, 2)
);

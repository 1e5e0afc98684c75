-- What a schema declares does not silence the plain rules: columns of names that no other table has are
-- still told by their names.
-- > task.parent_id -> task.id : same table
-- > attachment.comment_id -> comment.id : named after the table `comment`
-- > milestone.project_id -> project.id : 2 columns of that name
-- > expense.milestone_id -> milestone.id
-- > expense.category_id -> category.id
create table account (id bigint primary key, name text);
create table project (id bigint primary key, account_id bigint not null references account (id), name text);
create table task (
    id bigint primary key,
    project_id bigint not null references project (id),
    parent_id bigint,
    name text
);
create table label (id bigint primary key, project_id bigint not null references project (id));
create table task_label (
    task_id bigint not null references task (id),
    label_id bigint not null references label (id),
    primary key (task_id, label_id)
);
create table comment (
    id bigint primary key,
    task_id bigint not null references task (id),
    account_id bigint not null references account (id),
    body text
);
create table attachment (id bigint primary key, comment_id bigint, url text);
create table milestone (id bigint primary key, project_id bigint not null, due date);
create table category (id bigint primary key, name text);
create table expense (id bigint primary key, milestone_id bigint, category_id bigint, amount numeric(10, 2));

-- Names in other languages: what they mean is learnt from the schema itself.
-- > auftrag.kunde_id -> kunde.id
-- > auftrag.rechnungsadresse_id -> adresse.id
-- > position.auftrag_id -> auftrag.id
-- > position.artikel_nr -> artikel.artikel_nr
-- > factura.id_cliente -> cliente.id_cliente
-- > linea_factura.id_factura -> factura.id_factura
-- > linea_factura.id_producto -> producto.id_producto
create table kunde (id integer primary key, name varchar(60));
create table adresse (id integer primary key, strasse varchar(60));
create table artikel (artikel_nr varchar(12) primary key, bezeichnung varchar(60));
create table auftrag (id integer primary key, kunde_id integer not null, rechnungsadresse_id integer, datum date);
create table position (
    id integer primary key,
    auftrag_id integer not null,
    artikel_nr varchar(12) not null,
    menge integer
);
create table cliente (id_cliente integer primary key, nombre varchar(60));
create table producto (id_producto integer primary key, nombre varchar(60));
create table factura (id_factura integer primary key, id_cliente integer not null, fecha date);
create table linea_factura (
    id_linea integer primary key,
    id_factura integer not null,
    id_producto integer not null,
    cantidad integer
);

namespace Cvm.Local;

/// <summary>Who is behind an address, and keyed hashes of whoever asked to be forgotten.</summary>
static class AddressTable
{
    /// <summary>E-mail addresses in small letters, phone numbers in E.164: neither can be the other.</summary>
    public const string Definition = """
        create table address (
          address text not null,
          customer text not null,
          primary key (address, customer)
        ) strict, without rowid;

        create index address_customer on address (customer);

        create table forgotten (
          mark text primary key
        ) strict, without rowid;

        """;

    /// <summary>From the dossiers, once.</summary>
    public static void Fill(Database database)
    {
        database.Run("insert or ignore into address select lower(dossier ->> '$.profile.email'), id from customer where dossier ->> '$.profile.email' is not null");
        database.Run("insert or ignore into address select dossier ->> '$.profile.phone', id from customer where dossier ->> '$.profile.phone' is not null");
    }

    public static string Written(string address) => address.ToLowerInvariant();

    /// <summary>Where an address has changed, the customer is behind the new one only.</summary>
    public static void Write(Database database, Profile before, Profile after, string customer)
    {
        Move(database, before.Email, after.Email, customer);
        Move(database, before.Phone, after.Phone, customer);
    }

    static void Move(Database database, string? from, string? to, string customer)
    {
        if (from == to) return;
        if (from is not null) database.Use("delete from address where address = ? and customer = ?").Bind(Written(from)).Bind(customer).Run();
        if (to is not null) database.Use("insert or ignore into address values (?, ?)").Bind(Written(to)).Bind(customer).Run();
    }
}

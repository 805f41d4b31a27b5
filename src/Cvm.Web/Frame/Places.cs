using System.Collections.Immutable;

namespace Cvm.Web;

/// <summary>A main page: its name in the navigation and its address.</summary>
public sealed record Place(string Name, string Address);

/// <summary>Pages that are used for the same work, under one name.</summary>
/// <param name="Places">The first is where the name itself leads.</param>
public sealed record Room(string Name, ImmutableArray<Place> Places);

/// <summary>The navigation: every main page, once.</summary>
public static class Rooms
{
    /// <summary>In the reader's language.</summary>
    public static ImmutableArray<Room> All =>
    [
        new(T("Today"), [new(T("Overview"), "/"), new(T("Dashboard"), "/dashboard"), new(T("Cases"), "/cases"), new(T("Tasks"), "/tasks")]),
        new(T("Audience"), [new(T("Customers"), "/customers"), new(T("Segments"), "/segments"), new(T("Pivot"), "/pivot"), new(T("Satisfaction"), "/satisfaction"), new(T("Loyalty"), "/loyalty")]),
        new(T("Journeys"), [new(T("Journeys"), "/journeys"), new(T("Proof"), "/proof"), new(T("Messages"), "/messages")]),
        new(T("Machine room"), [new(T("Mailbox"), "/mailbox"), new(T("Outbox"), "/outbox")]),
    ];

    /// <summary>The room that a main page is in; null where there is none of that address.</summary>
    public static Room? Of(string address) => All.FirstOrDefault(room => room.Places.Any(place => place.Address == address));
}

using System.Diagnostics;

namespace Cvm.Web;

/// <summary>A line drawing and a colour for each kind of step, 18 by 18 pixels.</summary>
static class Icons
{
    const string Envelope = "M1 4h16v11H1zM1 4.5l8 6 8-6";
    const string Clock = "M9 1.5a7.5 7.5 0 1 0 .01 0zM9 5v4.2l3 1.8";
    const string Fork = "M9 1v5M9 6C9 11 4 9 4 16M9 6c0 5 5 3 5 10";
    const string Flask = "M6.5 1.5h5M7.5 1.5v5L2.5 15q-.8 1.8 1.3 1.8h10.4q2.1 0 1.3-1.8l-5-8.5v-5M5 12h8";
    const string Question = "M2 2h14v10H9l-4 4v-4H2zM7 5.6q.3-1.4 2-1.4t2 1.4q0 1-1 1.5T9 8.4M9 10v.3";
    const string Present = "M2 8h14v9H2zM1 4.5h16V8H1zM9 4.5V17M9 4.5q-5 0-4.2-2.6T9 4.5q5 0 4.2-2.6T9 4.5";
    const string Person = "M9 1.5a3.5 3.5 0 1 0 .01 0zM2 17q0-6.5 7-6.5t7 6.5";
    const string Folder = "M1 3h6l2 2.5h8V15.5H1zM1 8h16";
    const string Pencil = "M2 16l1-4L12.5 2.5l3 3L6 15zM10.5 4.5l3 3";
    const string Globe = "M9 1.5a7.5 7.5 0 1 0 .01 0zM1.5 9h15M9 1.5q-6 7.5 0 15M9 1.5q6 7.5 0 15";
    const string Arrow = "M1.5 9h14M10 3.5L15.5 9 10 14.5";
    const string Bars = "M5.5 2.5v13M12.5 2.5v13";
    const string Triangle = "M4 2.5L15 9 4 15.5z";
    const string Flag = "M4 17V2M4 2.5h11l-3 3.700 3 3.800H4";

    public static string Path(Step step) => step switch
    {
        Step.Send => Envelope,
        Step.Wait => Clock,
        Step.If or Step.Choose => Fork,
        Step.Split => Flask,
        Step.Ask => Question,
        Step.Give => Present,
        Step.Task => Person,
        Step.Case => Folder,
        Step.Set => Pencil,
        Step.Webhook => Globe,
        Step.Start => Arrow,
        Step.Hold => Bars,
        Step.Release => Triangle,
        Step.End => Flag,
        _ => throw new UnreachableException($"No icon for {step.GetType().Name}."),
    };

    /// <summary>Whether the step speaks to the customer, decides, rests, or ends.</summary>
    public static string Class(Step step) => step switch
    {
        Step.Send or Step.Ask or Step.Give => "speaks",
        Step.If or Step.Choose or Step.Split => "decides",
        Step.Wait => "rests",
        Step.End => "ends",
        _ => "works",
    };
}

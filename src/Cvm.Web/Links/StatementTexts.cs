using System.Globalization;

namespace Cvm.Web;

/// <summary>What members read on the statement of their points, in one language.</summary>
public sealed record StatementTexts
{
    public required string Title { get; init; }
    public required Func<long, string> Points { get; init; }

    /// <summary>The word alone, beside a number that stands by itself.</summary>
    public required Func<long, string> Unit { get; init; }

    public required Func<string, string> Worth { get; init; }
    public required Func<long, string> Reserved { get; init; }
    public required Func<long, string> Owed { get; init; }
    public required string None { get; init; }
    public required string Coming { get; init; }
    public required string ComingAbout { get; init; }
    public required string Expiring { get; init; }
    public required string Later { get; init; }
    public required string Tier { get; init; }
    public required string NoTier { get; init; }
    public required Func<string, string, string> ToNext { get; init; }
    public required Func<string, string> Reaching { get; init; }
    public required string Top { get; init; }
    public required Func<string, string, string> KeptUntil { get; init; }
    public required Func<string, string> ToKeep { get; init; }
    public required string Coupons { get; init; }
    public required Func<string, string> Off { get; init; }
    public required Func<string, string> Until { get; init; }
    public required string InACheckout { get; init; }
    public required string Movements { get; init; }
    public required string Day { get; init; }
    public required string What { get; init; }
    public required string Amount { get; init; }
    public required string NoMovements { get; init; }
    public required string NoneBefore { get; init; }
    public required string Earlier { get; init; }
    public required string Newest { get; init; }
    public required Func<string?, string> Order { get; init; }
    public required string Present { get; init; }
    public required Func<string?, string> Spent { get; init; }
    public required Func<string, string> Exchanged { get; init; }
    public required string Expired { get; init; }
    public required Func<string?, string> Returned { get; init; }
    public required string Added { get; init; }
    public required string TakenOff { get; init; }
    public required string GivenBack { get; init; }
    public required Func<string, string> NewTier { get; init; }
    public required Func<string, string> From { get; init; }
    public required string Friend { get; init; }
    public required string FriendAbout { get; init; }
    public required string InvitationOver { get; init; }
    public required string InvitationOverAbout { get; init; }
    public required Func<DateOnly, string> Date { get; init; }

    /// <summary>In the language that the other pages of links are in.</summary>
    public static StatementTexts In(LinkTexts texts) => texts.Lang == "en" ? English : Chinese;

    static StatementTexts English { get; } = new()
    {
        Title = "Your points",
        Points = points => points == 1 ? "1 point" : $"{Number(points)} points",
        Unit = points => points == 1 ? "point" : "points",
        Worth = money => $"worth {money}",
        Reserved = points => $"{(points == 1 ? "1 more point is" : $"{Number(points)} more points are")} set aside for a checkout that is under way.",
        Owed = points => $"An order came back after its points had been spent. So your next {(points == 1 ? "point makes" : $"{Number(points)} points make")} up for it, and then you collect again. There is nothing to pay.",
        None = "Your first order brings your first points.",
        Coming = "On their way",
        ComingAbout = "Points of an order can be spent once it can no longer be returned.",
        Expiring = "Good until",
        Later = "Later",
        Tier = "Your tier",
        NoTier = "No tier yet",
        ToNext = (missing, tier) => $"{missing} to {tier}",
        Reaching = tier => $"{tier} is reached. It shows here tomorrow.",
        Top = "That is as high as it goes.",
        KeptUntil = (tier, day) => $"{tier} is yours until {day}.",
        ToKeep = missing => $"{missing} by then, and you keep it.",
        Coupons = "Your coupons",
        Off = worth => $"{worth} off",
        Until = day => $"until {day}",
        InACheckout = "in a checkout right now",
        Movements = "What happened",
        Day = "Day",
        What = "What for",
        Amount = "Points",
        NoMovements = "Nothing yet.",
        NoneBefore = "Nothing before this.",
        Earlier = "Earlier",
        Newest = "Back to today",
        Order = order => order is null ? "Order" : $"Order {order}",
        Present = "A present from us",
        Spent = order => order is null ? "Spent" : $"Spent on order {order}",
        Exchanged = coupon => $"For the coupon {coupon}",
        Expired = "Expired",
        Returned = order => order is null ? "Order returned" : $"Order {order} returned",
        Added = "Added by our team",
        TakenOff = "Corrected by our team",
        GivenBack = "Given back",
        NewTier = tier => $"You are {tier} now",
        From = day => $"can be spent from {day}",
        Friend = "Bring a friend",
        FriendAbout = "Pass this link on. Once your friend has kept a first order, you both hear from us.",
        InvitationOver = "This invitation is over",
        InvitationOverAbout = "The offer it was for has ended. You are welcome all the same.",
        Date = day => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
    };

    static StatementTexts Chinese { get; } = new()
    {
        Title = "我的积分",
        Points = points => $"{Number(points)} 积分",
        Unit = _ => "积分",
        Worth = money => $"价值 {money}",
        Reserved = points => $"另有 {Number(points)} 积分已为正在进行的结账预留。",
        Owed = points => $"有订单在积分用完后退货，因此您接下来获得的 {Number(points)} 积分将先用于抵补，之后照常累积。您无需支付任何费用。",
        None = "完成第一笔订单，即可获得第一笔积分。",
        Coming = "即将到账",
        ComingAbout = "订单过了退货期，积分即可使用。",
        Expiring = "有效期",
        Later = "更晚到期",
        Tier = "会员等级",
        NoTier = "暂无等级",
        ToNext = (missing, tier) => $"距离 {tier} 还差 {missing}",
        Reaching = tier => $"您已达到 {tier}，明天将在此显示。",
        Top = "您已是最高等级。",
        KeptUntil = (tier, day) => $"{tier} 等级保留至{day}。",
        ToKeep = missing => $"在此之前再累积 {missing}，即可继续保留。",
        Coupons = "我的优惠券",
        Off = worth => $"立减 {worth}",
        Until = day => $"有效期至{day}",
        InACheckout = "正在结账中使用",
        Movements = "积分明细",
        Day = "日期",
        What = "事项",
        Amount = "积分",
        NoMovements = "暂无记录。",
        NoneBefore = "没有更早的记录。",
        Earlier = "更早",
        Newest = "返回最新",
        Order = order => order is null ? "订单" : $"订单 {order}",
        Present = "我们送您的积分",
        Spent = order => order is null ? "使用积分" : $"用于订单 {order}",
        Exchanged = coupon => $"兑换优惠券 {coupon}",
        Expired = "已过期",
        Returned = order => order is null ? "订单退货" : $"订单 {order} 退货",
        Added = "由我们的团队添加",
        TakenOff = "由我们的团队更正",
        GivenBack = "已退还",
        NewTier = tier => $"您已升至 {tier}",
        From = day => $"{day}起可用",
        Friend = "邀请好友",
        FriendAbout = "把此链接分享给好友。好友完成首单且未退货后，我们会联系你们两位。",
        InvitationOver = "此邀请已结束",
        InvitationOverAbout = "相关优惠已结束，但我们依然欢迎您。",
        Date = day => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture),
    };

    static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}

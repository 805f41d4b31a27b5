using System.Diagnostics;
using System.Globalization;

namespace Cvm.Web;

/// <summary>Timeline lines in plain Chinese: the twin of <see cref="Sentences"/>.</summary>
static class ChineseSentences
{
    /// <summary>One sentence without a full stop. Moments read as the clock they carry shows them.</summary>
    public static string Of(Line line)
    {
        var text = Happened(line);
        if (Reason(line) is { } reason) text += $"：{Rules.Said(reason)}";
        return line.Journey is { Length: > 0 } journey && line.What is not (Happening.Entered or Happening.HeldOut or Happening.NotEntered or Happening.GoalReached or Happening.Ended or Happening.Measured)
            ? $"{text}（{journey}）" : text;
    }

    static string Happened(Line line) => line.What switch
    {
        Happening.Joined => "首次为本店所知",
        Happening.Told => line.Subject is { } told ? $"更新了个人资料：{told}" : "更新了个人资料",
        Happening.Agreed => $"同意接收{Agreement(line)}",
        Happening.Withdrew => $"撤回了对{Agreement(line)}的同意",
        Happening.ConfirmAsked => $"同意接收{Agreement(line)}，尚待确认",
        Happening.Confirmed => $"确认同意接收{Agreement(line)}",
        Happening.Ordered => $"下单 {Money(line)}{(line.Subject is { } order ? $"（订单 {order}）" : "")}",
        Happening.Refunded => $"退款 {Money(line)}{Of("订单", line.Subject)}",
        Happening.Answered => $"回答了问卷“{line.Subject}”{Score("，评分 ", line)}{(line.By is { } by and not "customer" ? $"（由 {by} 录入）" : "")}",
        Happening.AnswerChanged => $"把问卷“{line.Subject}”的回答改{Score("为 ", line)}",
        Happening.Complained => line.Subject is { } severity ? $"提出投诉（{severity}）" : "提出投诉",
        Happening.Reported => Reported(line),
        Happening.Entered => $"进入{Journey(line)}",
        Happening.HeldOut => $"在{Journey(line)}中划入对照组，不会收到其消息",
        Happening.NotEntered => $"未进入{Journey(line)}{(line.Subject is { } trigger ? $"（事件“{trigger}”）" : "")}",
        Happening.Took => $"在“{line.Step}”走了“{line.Subject}”这一支",
        Happening.Waited => $"在“{line.Step}”等待{Until(line)}{(line.Because is { } awaited ? $"，除非“{awaited}”先发生" : "")}",
        Happening.GoalReached => line.Subject == "held out" ? $"在对照组中达成{Journey(line)}的目标" : $"达成{Journey(line)}的目标",
        Happening.Ended => $"结束{Journey(line)}{(line.Subject is { } outcome ? $"，结果为“{outcome}”" : "")}",
        _ => Done(line),
    };

    static string Done(Line line) => line.What switch
    {
        Happening.Queued => $"{Message(line)}已放入待发队列",
        Happening.Sent => $"已发送{Message(line)}",
        Happening.Shifted => $"暂缓发送{Message(line)}{Until(line)}",
        Happening.Skipped => $"未发送{Message(line)}",
        Happening.Failed => $"{Message(line)}未能送达",
        Happening.InDoubt => $"不确定{Message(line)}是否已发出；不会自动重发",
        Happening.Suppressed => $"不再向 {line.Subject ?? "该地址"} 发送{(line.Channel is { } channel ? Words.Name(channel) : "消息")}",
        Happening.Restored => $"恢复向 {line.Subject ?? "该地址"} 发送{(line.Channel is { } again ? Words.Name(again) : "消息")}",
        Happening.CouponGiven => $"获得优惠券“{line.Subject}”{(line.Until is null ? "" : $"，有效期{Until(line)}")}",
        Happening.CouponUsed => $"使用了优惠券“{line.Subject}”{(line.Because is { } order ? $"（订单 {order}）" : "")}",
        Happening.NotGiven => $"未能给予“{line.Subject}”",
        Happening.Scored => line.Subject is null ? "首次评分" : "评分有变",
        Happening.Held => $"营销消息已暂停{Until(line)}",
        Happening.Released => line.Subject is { } stands ? $"一项营销暂停已解除，另一项仍在（{stands}）" : "营销消息可以继续发送",
        Happening.Changed => $"资料变更：{line.Subject}",
        Happening.Called => $"已调用 {line.Subject}",
        Happening.Texted => $"发来短信{(line.Wording is { } words ? $"：“{words}”" : "")}",
        Happening.TopicOff => $"不想再收到“{line.Subject}”的消息",
        Happening.TopicOn => $"重新想收到“{line.Subject}”的消息",
        Happening.Ignored => $"未处理 {line.Subject ?? "收到的内容"}",
        _ => Rewarded(line),
    };

    static string Rewarded(Line line) => line.What switch
    {
        Happening.PointsEarned => $"获得 {Points(line)}{Of("订单", line.Subject)}{(line.Until is { } from ? $"，{Day(from)} 起可用" : "")}",
        Happening.PointsGiven => $"获赠 {Points(line)}",
        Happening.PointsSpent => $"使用了 {Points(line)}{(line.Subject is { } thing ? $"（{thing}）" : "")}",
        Happening.PointsExpired => $"{Points(line)}已过期",
        Happening.PointsReversed => $"退回 {Points(line)}{Of("订单", line.Subject)}",
        Happening.PointsAvailable => $"{Points(line)}现在可以使用",
        Happening.PointsAdjusted => $"人工{(line.Figure < 0 ? "扣除" : "增加")} {Points(line with { Figure = Math.Abs(line.Figure ?? 0) })}{(line.By is { } person ? $"（{person}）" : "")}",
        Happening.PointsReturned => $"返还 {Points(line)}",
        Happening.Reserved => $"结账时预留了{(line.Figure is null ? $"优惠券“{line.Subject}”" : $" {Points(line)}")}{Until(line)}",
        Happening.GivenBack => $"结账退回了{(line.Figure is null ? $"优惠券“{line.Subject}”" : $" {Points(line)}")}",
        Happening.TierChanged => Tier(line),
        Happening.TierFalling => $"已达不到{(line.Subject is { } tier ? $"等级 {tier}" : "当前等级")}，保留{Until(line)}",
        Happening.Referred => $"由 {line.Subject ?? "另一位客户"} 推荐而来",
        Happening.ReferrerTold => $"已告知 {line.Subject ?? "另一位客户"}：首单已留存",
        Happening.FriendBought => "其推荐的朋友留存了首单",
        _ => Worked(line),
    };

    static string Worked(Line line) => line.What switch
    {
        Happening.CaseOpened => $"{Case(line)}已建立{Due(line)}",
        Happening.CaseNoted => $"{Case(line)}添加了备注",
        Happening.CaseAcknowledged => $"{Case(line)}已受理",
        Happening.CaseEscalated => $"{Case(line)}已升级至 {line.Because ?? "上一级"}{Due(line)}",
        Happening.CaseResolved => $"{Case(line)}已解决",
        Happening.CaseReopened => $"{Case(line)}重新打开{Due(line)}",
        Happening.CaseAssigned => $"{Case(line)}分派给 {line.Because ?? "无人"}{By(line)}",
        Happening.CaseAnswered => $"已就{Case(line)}答复客户",
        Happening.CaseAsked => $"已就{Case(line)}向客户提问，计时暂停",
        Happening.CaseReplied => $"客户就{Case(line)}作了回复",
        Happening.CaseCalled => $"客户就{Case(line)}与团队通了话",
        Happening.CaseMerged => $"{Case(line)}并入工单 {line.Because}{By(line)}",
        Happening.CaseLinked => line.Because is { } issue ? $"{Case(line)}归入问题“{issue}”" : $"{Case(line)}不再归入任何问题",
        Happening.IssueFixed => $"客户提出的问题“{line.Subject}”已改进",
        Happening.TaskGiven => $"任务{(line.Because is { } role ? $"（{role}）" : "")}：{line.Subject}{Due(line)}",
        Happening.TaskDone => $"{Task(line)}已完成{By(line)}",
        Happening.TaskAssigned => line.Because is { } person ? $"{Task(line)}交给 {person}{By(line)}" : $"{Task(line)}已退回{By(line)}",
        Happening.TaskPutOff => $"{Task(line)}已推迟{By(line)}{Due(line)}",
        Happening.TaskCancelled => $"{Task(line)}已取消{By(line)}",
        Happening.TaskOverdue => $"{Task(line)}已逾期{(line.Because is { } with ? $"（{with}）" : "")}{Due(line)}",
        Happening.Merged => $"与{(line.Subject is { } other ? $"记录 {other} " : "另一条记录")}合并{By(line)}",
        Happening.MergeKept => $"保留了 {line.Subject}{(line.Because is { } because ? $"，{because}" : "")}",
        Happening.Measured => Compared(line),
        Happening.MergedInto => $"并入记录 {line.Subject}{By(line)}",
        Happening.Moved => line.Step == Enrollment.Holdout ? $"转入{Version(line)}的对照组{By(line)}" : $"移到{Version(line)}{(line.Step is { } step ? $"的“{step}”" : "")}{Until(line)}{By(line)}",
        _ => throw new UnreachableException($"No Chinese sentence for {line.What}."),
    };

    // As in English: where the sentence has worked the reason in already, it is not said again.
    static string? Reason(Line line) => line.What switch
    {
        Happening.Agreed or Happening.Withdrew or Happening.ConfirmAsked or Happening.Confirmed or Happening.Reported or Happening.Waited or Happening.CouponUsed or Happening.TierChanged
            or Happening.TaskGiven or Happening.TaskAssigned or Happening.TaskOverdue or Happening.CaseAssigned or Happening.CaseMerged or Happening.CaseLinked or Happening.MergeKept => null,
        Happening.CaseEscalated => string.Join("，", new[] { line.By, line.Wording }.OfType<string>()) is { Length: > 0 } why ? why : null,
        Happening.Took when line.Because == line.Subject => null,
        Happening.Held or Happening.Released when line.Because == line.Journey => null,
        Happening.Skipped when line.Wording is not null => $"{Rules.Said(line.Because ?? "")}（{line.Wording}）",
        _ => string.IsNullOrWhiteSpace(line.Because) ? null : line.Because,
    };

    static string Reported(Line line) => line.Because switch
    {
        "delivered" => $"“{line.Subject}”已送达",
        "opened" => $"打开了“{line.Subject}”",
        "clicked" => $"点击了“{line.Subject}”中的链接",
        "bounced" => $"“{line.Subject}”被退回：{line.Wording ?? "地址无效"}",
        "complained" => $"把“{line.Subject}”标为垃圾邮件",
        "unsubscribed" => $"通过“{line.Subject}”退订",
        "accepted" => $"服务商已接收“{line.Subject}”",
        "failed" => $"“{line.Subject}”未送达{(line.Wording is { } why ? $"：{why}" : "")}",
        "opened by a program" => $"某个程序打开了“{line.Subject}”，不代表客户本人",
        "clicked by a program" => $"某个程序点击了“{line.Subject}”中的链接，不代表客户本人",
        var other => $"“{line.Subject}”有新回执{(other is null ? "" : $"：{other}")}",
    };

    static string Version(Line line) => line.Subject is { } version ? $"版本 {version} " : "另一个版本";

    static string Tier(Line line) => (line.Subject, line.Because) switch
    {
        ({ } to, { } from) => $"等级由 {from} 变为 {to}",
        ({ } to, null) => $"升入等级 {to}",
        (null, { } from) => $"退出等级 {from}",
        _ => "退出会员等级",
    };

    static string Compared(Line line)
    {
        var of = line.Journey ?? "整个项目";
        var group = line.Measured?.Group is null or Measured.Member ? "" : line.Measured.Group == Measured.HeldOut ? "（对照组）" : $"（“{line.Measured.Group}”组）";
        return line.Measured?.Outcome is not { } outcome ? $"开始衡量 {of} 的效果{group}{Until(line)}"
            : string.Create(CultureInfo.InvariantCulture, $"为 {of} 带来利润 {outcome.Profit:#,0.00}{group}：{outcome.Orders} 笔订单，留存收入 {outcome.Revenue:#,0.00}{(outcome.Goal ? "，达成目标" : "")}");
    }

    static string Journey(Line line) => line.Journey is { } journey ? $"旅程 {journey} " : "某个旅程";

    static string Agreement(Line line) =>
        $"{line.Subject switch { "promotional" => "营销", "service" => "服务", "transactional" => "交易", var other => other }}{(line.Channel is { } channel ? Words.Name(channel) : "消息")}{(line.Because is { } source ? $"（{source}）" : "")}";

    static string Message(Line line) => line.Channel switch
    {
        { } channel => $"{Words.Name(channel)}“{line.Subject}”",
        null when line.Subject?.StartsWith("http", StringComparison.Ordinal) == true => $"对 {line.Subject} 的调用",
        null => $"给“{line.Subject}”的团队通知",
    };

    static string Case(Line line) => line.Subject is { } id ? $"工单 {id} " : "工单";

    static string Task(Line line) => $"任务“{line.Subject}”";

    static string By(Line line) => line.By is { } by ? $"（{by}）" : "";

    static string Of(string what, string? id) => id is null ? "" : $"（{what} {id}）";

    static string Score(string before, Line line) => line.Figure is { } figure ? before + figure.ToString("0.##", CultureInfo.InvariantCulture) : "";

    static string Money(Line line) => (line.Figure ?? 0).ToString("#,0.00", CultureInfo.InvariantCulture);

    static string Points(Line line) => $"{(line.Figure ?? 0).ToString("#,0", CultureInfo.InvariantCulture)} 积分";

    static string Until(Line line) => line.Until is { } until ? $"至 {Moment(until)}" : "";

    static string Due(Line line) => line.Until is { } until ? $"，截止 {Moment(until)}" : "";

    static string Day(DateTimeOffset at) => at.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    static string Moment(DateTimeOffset at) => at.ToString("yyyy年M月d日 HH:mm", CultureInfo.InvariantCulture);
}

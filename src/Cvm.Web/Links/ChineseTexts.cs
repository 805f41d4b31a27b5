using System.Globalization;

namespace Cvm.Web;

static class ChineseTexts
{
    public static LinkTexts All { get; } = new()
    {
        Lang = "zh-CN",
        Save = "保存",
        Saved = "已保存。",
        SavedSoon = "已保存，本页可能要过一分钟才会更新。",
        OutOfDate = "页面内容已过期，没有任何更改。请重新选择。",
        Preferences = "偏好设置",
        ToPreferences = "更改偏好设置",
        For = to => $"适用于 {to}",
        And = " 和 ",
        Messages = "您愿意收到哪些消息？",
        Always = "与您的账户或订单本身有关的通知始终会发送。",
        Pending = "请点击我们发送给您的消息中的链接进行确认。",
        EmailStopped = "我们已不再向此地址发送邮件：邮件曾被退回或被标记为垃圾邮件。",
        SmsStopped = "我们已不再向此号码发送短信。如需恢复，请回复 START 到我们最近的短信。",
        Topics = "您对哪些主题感兴趣？",
        TopicsAbout = "关闭您不感兴趣的主题。",
        LanguageAndTime = "语言和时间",
        Language = "语言",
        Zone = "时区",
        ZoneAbout = "以免在夜间打扰您。",
        Break = "想休息一下？",
        BreakAbout = "30 天内不发送资讯和优惠。与订单有关的询问仍会发送。",
        PausedUntil = until => $"{until.ToString("yyyy年M月d日", CultureInfo.InvariantCulture)}之前不发送资讯和优惠。",
        Pause = "暂停 30 天",
        EndPause = "结束暂停",
        Data = "您的数据",
        DataAbout = "您可以下载我们掌握的关于您的全部数据，也可以要求删除。",
        Download = "下载我的数据",
        Forget = "删除我的数据",
        ForgetAbout = "我们将删除关于您的全部数据：姓名和联系方式、订单、积分和优惠券，以及所有消息。此操作无法撤销。我们只保留本身不含任何信息的代码，以防您被误加回来。",
        ForgetYes = "是，删除我的数据",
        ForgetNo = "否，返回",
        Forgotten = "您的数据已删除",
        ForgottenAbout = "我们掌握的关于您的全部数据均已删除，此链接不再有效。谢谢，再见。",
        Unsubscribe = "退订",
        UnsubscribeAsk = "点击一次，立即生效。",
        UnsubscribeKeep = "与您的账户或订单本身有关的通知仍会发送。",
        Unsubscribed = "您已退订",
        Again = "欢迎回来",
        AgainAbout = sender => $"{sender}将重新向您发送消息。",
        Confirm = "还差一步",
        ConfirmAbout = sender => $"请确认{sender}可以向您发送：",
        ConfirmYes = "是，我同意",
        ConfirmNo = "如果这不是您的请求，无需任何操作：未经您同意，我们不会发送。",
        Confirmed = "已确认，谢谢",
        NothingToConfirm = "没有需要确认的内容",
        NothingToConfirmAbout = "您已经确认过，或此后已更改选择。",
        NotFound = "此链接无效",
        NotFoundAbout = "链接末尾可能不完整。请从消息中重新打开，或复制完整的链接。",
        Expired = "此链接已过期",
        ExpiredAbout = "由于消息可能被转发或遗失，个人页面的链接只在一段时间内有效。我们最近一条消息的末尾有新的链接。",
        TooLarge = "提交的内容超出本页限制，没有任何更改。",
        Label = (channel, purpose) => $"通过{By(channel)}接收{(purpose == Purpose.Service ? "与您的订单有关的询问和消息" : "资讯和优惠")}",
        Stop = (channel, service) => $"不再通过{By(channel)}接收{What(service)}",
        Undo = (channel, service) => $"撤销：重新通过{By(channel)}接收{What(service)}",
        Stopped = (sender, channel, service) => $"{sender}将不再通过{By(channel)}向您发送{What(service)}。",
        Areas = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Africa"] = "非洲",
            ["America"] = "美洲",
            ["Antarctica"] = "南极洲",
            ["Arctic"] = "北极",
            ["Asia"] = "亚洲",
            ["Atlantic"] = "大西洋",
            ["Australia"] = "澳大利亚",
            ["Europe"] = "欧洲",
            ["Indian"] = "印度洋",
            ["Pacific"] = "太平洋",
        },
    };

    static string By(Channel channel) => channel == Channel.Email ? "电子邮件" : "短信";

    static string What(bool service) => service ? "资讯、优惠和与订单有关的询问" : "资讯和优惠";
}

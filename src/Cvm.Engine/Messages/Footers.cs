namespace Cvm.Engine;

/// <summary>Why a person gets a mail, in the language of its template; English where the layout does not speak it.</summary>
static class Footers
{
    public static string Why(string locale, Purpose purpose, string sender) => (Locales.Language(locale), purpose) switch
    {
        ("zh", Purpose.Promotional) => $"您收到这封邮件，是因为您同意接收{sender}的优惠和资讯。",
        ("zh", Purpose.Service) => $"您收到这封邮件，是因为您是{sender}的顾客。",
        ("zh", _) => $"您收到这封邮件，是因为它与您在{sender}的账户或订单有关。",
        (_, Purpose.Promotional) => $"You get this e-mail because you agreed to news and offers from {sender}.",
        (_, Purpose.Service) => $"You get this e-mail because you are a customer of {sender}.",
        _ => $"You get this e-mail because it is about your account or order with {sender}.",
    };

    public static string Unsubscribe(string locale) => Locales.Language(locale) == "zh" ? "退订或更改偏好设置" : "Unsubscribe or change what you get";
}

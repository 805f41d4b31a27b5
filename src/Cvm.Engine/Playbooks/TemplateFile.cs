namespace Cvm.Engine;

public sealed record TemplateFile(string Path, string Name, string Locale, Channel Channel, string Text);

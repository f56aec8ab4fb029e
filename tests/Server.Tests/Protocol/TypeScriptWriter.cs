using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Tests.Protocol;

/// <summary>Writes the custom messages' records as TypeScript interfaces, with their doc comments.</summary>
internal sealed partial class TypeScriptWriter(string protocolFolder)
{
    private readonly NullabilityInfoContext _nullability = new();
    private readonly List<Type> _records = [];
    private readonly Dictionary<string, string> _sources = Directory.GetFiles(protocolFolder, "*.cs", SearchOption.AllDirectories)
        .SelectMany(path => RecordPattern().Matches(File.ReadAllText(path)))
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["doc"].Value);

    public string Write()
    {
        foreach (var message in CustomRequests.All)
        {
            Visit(message.Parameters);
            Visit(message.Result);
        }

        var text = new StringBuilder();
        text.Append("// Generated from the records in server/Server/Protocol by `npm run protocol`; do not edit.\n\n");
        foreach (var kind in Enum.GetValues<MessageKind>())
        {
            WriteMethods(text, kind);
        }

        foreach (var record in _records)
        {
            text.Append('\n');
            WriteRecord(text, record);
        }

        return text.ToString();
    }

    private static void WriteMethods(StringBuilder text, MessageKind kind)
    {
        var (name, comment) = kind switch
        {
            MessageKind.Request => ("Requests", "Requests to the server: parameters and result by method."),
            MessageKind.ClientNotification => ("ClientNotifications", "Notifications to the server: parameters by method."),
            _ => ("ServerNotifications", "Notifications from the server: parameters by method."),
        };
        text.Append($"/** {comment} */\nexport interface {name} {{\n");
        foreach (var message in CustomRequests.All.Where(message => message.Kind == kind))
        {
            var type = message.Result is { } result
                ? $"{{ params: {message.Parameters.Name}; result: {TypeName(result, null)} }}"
                : message.Parameters.Name;
            text.Append($"  '{message.Method}': {type};\n");
        }

        text.Append("}\n\n");
        text.Length -= kind == MessageKind.ServerNotification ? 1 : 0;
    }

    private void WriteRecord(StringBuilder text, Type record)
    {
        var source = _sources.GetValueOrDefault(record.Name, "");
        text.Append($"/** {Plain(SummaryPattern().Match(source).Groups[1].Value)} */\nexport interface {record.Name} {{\n");
        var parameters = ParameterPattern().Matches(source).ToDictionary(match => match.Groups[1].Value, match => Plain(match.Groups[2].Value));
        foreach (var property in Properties(record))
        {
            if (parameters.GetValueOrDefault(property.Name) is { Length: > 0 } comment)
            {
                text.Append($"  /** {comment} */\n");
            }

            var nullability = _nullability.Create(property);
            var optional = nullability.ReadState == NullabilityState.Nullable;
            text.Append($"  {Camel(property.Name)}{(optional ? "?" : "")}: {TypeName(property.PropertyType, nullability)}{(optional ? " | null" : "")};\n");
        }

        text.Append("}\n");
    }

    private void Visit(Type? type)
    {
        if (type is null || _records.Contains(type))
        {
            return;
        }

        if (type.Namespace == typeof(CustomRequests).Namespace)
        {
            _records.Add(type);
            foreach (var property in Properties(type))
            {
                Visit(property.PropertyType);
            }
        }
        else if (type.IsGenericType)
        {
            Array.ForEach(type.GetGenericArguments(), Visit);
        }
    }

    private static IEnumerable<PropertyInfo> Properties(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != "EqualityContract");

    private static string TypeName(Type type, NullabilityInfo? nullability)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return "string";
        }

        if (type == typeof(bool))
        {
            return "boolean";
        }

        if (type.IsPrimitive)
        {
            return "number";
        }

        if (!typeof(IEnumerable).IsAssignableFrom(type))
        {
            return type.Name;
        }

        var element = type.GetGenericArguments()[^1];
        var elementNullability = nullability?.GenericTypeArguments[^1];
        var name = TypeName(element, elementNullability) + (elementNullability?.ReadState == NullabilityState.Nullable ? " | null" : "");
        return type.GetGenericArguments().Length == 2 ? $"Record<string, {name}>" : name.Contains('|', StringComparison.Ordinal) ? $"({name})[]" : $"{name}[]";
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string Plain(string doc)
    {
        var text = LineStartPattern().Replace(doc, " ");
        text = SeePattern().Replace(text, match => match.Groups[1].Value.Split('.')[^1]);
        text = TagPattern().Replace(text, "`");
        return SpacePattern().Replace(System.Net.WebUtility.HtmlDecode(text), " ").Trim().Replace("*/", "* /", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?<doc>(?:^///[^\n]*\n)+)public sealed record (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex RecordPattern();

    [GeneratedRegex("<summary>(.*?)</summary>", RegexOptions.Singleline)]
    private static partial Regex SummaryPattern();

    [GeneratedRegex("<param name=\"(\\w+)\">(.*?)</param>", RegexOptions.Singleline)]
    private static partial Regex ParameterPattern();

    [GeneratedRegex(@"\s*^///\s*", RegexOptions.Multiline)]
    private static partial Regex LineStartPattern();

    [GeneratedRegex("<(?:see cref|paramref name)=\"([^\"]+)\"/>")]
    private static partial Regex SeePattern();

    [GeneratedRegex("</?c>")]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"\s+")]
    private static partial Regex SpacePattern();
}

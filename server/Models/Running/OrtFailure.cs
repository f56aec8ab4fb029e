using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Models.Running;

/// <summary>ONNX Runtime's messages as sentences for people: without error codes, source paths and signatures.</summary>
internal static partial class OrtFailure
{
    private const int LongestDetail = 240;

    /// <summary>Why a model could not be opened.</summary>
    public static ModelException WhileOpening(ModelFile file, Exception cause)
    {
        var name = file.DisplayName;
        var text = cause.Message;
        if (UnknownOperator().Match(text) is { Success: true } unknown)
            return UnknownOperatorIn(file, unknown.Groups["op"].Value, cause);
        if (UnknownFunction().Match(text) is { Success: true } function)
            return UnknownOperatorIn(file, function.Groups["op"].Value, cause);
        if (UnsupportedOpset().Match(text) is { Success: true } opset)
        {
            return new ModelException(
                $"{name} uses opset {opset.Groups["opset"].Value}; this ONNX Runtime knows {opset.Groups["domain"].Value} up to opset {opset.Groups["last"].Value}. Export the model with an older opset.",
                cause);
        }

        if (UnsupportedIr().Match(text) is { Success: true } ir)
        {
            return new ModelException(
                $"{name} has IR version {ir.Groups["ir"].Value}; this ONNX Runtime knows versions up to {ir.Groups["last"].Value}. Export the model with an older ONNX.",
                cause);
        }

        if (NoKernel().Match(text) is { Success: true } kernel)
        {
            return new ModelException(
                $"{name} uses operator {kernel.Groups["op"].Value} with a type or version that this ONNX Runtime cannot compute on the CPU. Export the model with float32 tensors or another opset.",
                cause);
        }

        if (text.Contains("not acyclic", StringComparison.Ordinal))
            return new ModelException($"{name} has a cycle: its operators wait for each other, and none can be the first. Export the model again.", cause);
        return new ModelException($"{name} cannot be opened: {Detail(text)}. Export the model again.", cause);
    }

    /// <summary>Why a run failed.</summary>
    public static ModelRunException WhileRunning(ModelFile file, OnnxRuntimeException cause)
    {
        var node = FailedNode().Match(cause.Message);
        var where = node.Success ? $" in operator {node.Groups["op"].Value}" : "";
        if (NoMemory().Match(cause.Message) is { Success: true } memory)
        {
            return new ModelRunException(
                $"{file.DisplayName} ran out of memory{where}: {long.Parse(memory.Groups["bytes"].Value, CultureInfo.InvariantCulture) / (double)(1L << 30):N1} GiB were asked for at once. Give it smaller rows, or run it where there is more memory.",
                cause);
        }

        return new ModelRunException($"{file.DisplayName} failed{where}: {Detail(cause.Message)}. Check that the rows hold what the model expects.", cause);
    }

    private static ModelException UnknownOperatorIn(ModelFile file, string name, Exception cause)
    {
        // The message may carry the domain before the name and the version behind it: com.acme:Foo(1).
        name = name.Split(':')[^1].Split('(')[0];
        var domain = file.Nodes.FirstOrDefault(node => node.Operator == name)?.Domain ?? "ai.onnx";
        var opset = file.Opsets.TryGetValue(domain, out var version) ? $" in opset {version}" : "";
        return new ModelException(
            $"{file.DisplayName} uses operator {name} (domain {domain}), which this ONNX Runtime does not have{opset}. Export the model with standard operators.",
            cause);
    }

    private static string Detail(string message)
    {
        var text = Prefix().Replace(message, "");
        text = FailedNode().Replace(text, "");
        text = SourceLocation().Replace(text, "");
        text = AbsolutePath().Replace(text, "the file");
        text = Whitespace().Replace(text, " ").Trim().TrimEnd('.', ':');
        return text.Length switch
        {
            0 => "ONNX Runtime gave no reason",
            > LongestDetail => string.Concat(text.AsSpan(0, LongestDetail), "…"),
            _ => text,
        };
    }

    [GeneratedRegex(@"[Ff]ailed to allocate memory for requested buffer of size (?<bytes>\d{1,18})")]
    private static partial Regex NoMemory();

    [GeneratedRegex(@"No Op registered for (?<op>\S+) with domain_version")]
    private static partial Regex UnknownOperator();

    [GeneratedRegex(@"(?<op>[\w.:]+)\([-\d]+\) is not a registered function/op")]
    private static partial Regex UnknownFunction();

    [GeneratedRegex(@"Opset (?<opset>\d+) is under development.*domain (?<domain>\S+) is till opset (?<last>\d+)", RegexOptions.Singleline)]
    private static partial Regex UnsupportedOpset();

    [GeneratedRegex(@"Unsupported model IR version: (?<ir>\d+), max supported IR version: (?<last>\d+)")]
    private static partial Regex UnsupportedIr();

    [GeneratedRegex(@"Could not find an implementation for (?<op>\w+)\(")]
    private static partial Regex NoKernel();

    [GeneratedRegex(@"Non-zero status code returned while running (?<op>\w+) node\. Name:'[^']*' Status Message:")]
    private static partial Regex FailedNode();

    [GeneratedRegex(@"^\[ErrorCode:\w+\]|Load model from .*? failed:|This is an invalid model\.|Exception during initialization:|Type Error:")]
    private static partial Regex Prefix();

    // C++ source positions, with the signature of the function and the condition that did not hold.
    [GeneratedRegex(@"\S+\.(cc|h|cpp):\d+.*?(was false\.|\)(?= [A-Z])|$)", RegexOptions.Singleline)]
    private static partial Regex SourceLocation();

    [GeneratedRegex(@"(?<!\w)(/[\w.-]+){2,}|[A-Za-z]:\\\S+")]
    private static partial Regex AbsolutePath();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}

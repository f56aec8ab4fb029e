namespace ExplainLsp.Samples;

/// <summary>
/// A sample file, row or cell that cannot be read or does not fit the model. The message is one line for people: what is wrong,
/// where (row and line), and what to do.
/// </summary>
/// <param name="message">What, where, what to do; no stack trace, no type names.</param>
/// <param name="inner">The cause, for the log only.</param>
public class SampleException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>A cell that the model cannot take.</summary>
/// <param name="place">Where it stands: "Row 3, column age".</param>
/// <param name="line">Its line in the file, from 1; null in files without lines.</param>
/// <param name="what">What is wrong with it: "\"abc\" is not a number".</param>
/// <param name="remedy">What to do: "Write a number, or leave the cell empty".</param>
public sealed class CellException(string place, int? line, string what, string remedy)
    : SampleException($"{place}: {what}{(line is null ? "" : $" (line {line})")}. {remedy}.")
{
    /// <summary>What is wrong and what to do, for readers who see the cell: "\"abc\" is not a number. Write a number, or leave the cell empty."</summary>
    public string AtTheCell { get; } = $"{char.ToUpperInvariant(what[0])}{what[1..]}. {remedy}.";
}

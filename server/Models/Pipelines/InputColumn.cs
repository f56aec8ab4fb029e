namespace ExplainLsp.Models;

/// <summary>A column of a model's input.</summary>
/// <param name="Input">The model's input by number.</param>
/// <param name="Offset">The column of it, from 0.</param>
public readonly record struct InputColumn(int Input, int Offset);

using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Models.Structure;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Reading;

/// <summary>Declared types and shapes in ONNX words.</summary>
internal static class OnnxTypeName
{
    public static ModelValue Describe(ValueInfoProto value)
    {
        var shape = value.Type?.ValueCase switch
        {
            TypeProto.ValueOneofCase.TensorType => value.Type.TensorType.Shape,
            TypeProto.ValueOneofCase.SparseTensorType => value.Type.SparseTensorType.Shape,
            _ => null,
        };
        return new ModelValue(value.Name, NameOf(value.Type), shape is null ? [] : [.. shape.Dim.Select(TextOf)]) { HasShape = shape is not null };
    }

    private static string NameOf(TypeProto? type) => type?.ValueCase switch
    {
        TypeProto.ValueOneofCase.TensorType => NameOf(type.TensorType.ElemType),
        TypeProto.ValueOneofCase.SparseTensorType => $"sparse({NameOf(type.SparseTensorType.ElemType)})",
        TypeProto.ValueOneofCase.SequenceType => $"sequence({NameOf(type.SequenceType.ElemType)})",
        TypeProto.ValueOneofCase.OptionalType => $"optional({NameOf(type.OptionalType.ElemType)})",
        TypeProto.ValueOneofCase.MapType => "map",
        TypeProto.ValueOneofCase.OpaqueType => "opaque",
        _ => "undeclared",
    };

    private static string NameOf(int elementType) =>
        Enum.IsDefined((DataType)elementType) && elementType != 0 ? ((DataType)elementType).ToString().ToLowerInvariant() : "undeclared";

    private static string TextOf(TensorShapeProto.Types.Dimension dimension) => dimension.ValueCase switch
    {
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue => dimension.DimValue.ToString(CultureInfo.InvariantCulture),
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam when dimension.DimParam.Length > 0 => dimension.DimParam,
        _ => "?",
    };

    /// <summary>A symbol may look like a number or be negative in a damaged file; only a plain number is a size.</summary>
    public static ImmutableArray<int> Sizes(ModelValue value) =>
        [.. value.Shape.Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : -1)];
}

using System.Reflection;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using StreamJsonRpc;

namespace ExplainLsp.Server.Rpc;

/// <summary>
/// How records look on the wire: camelCase, nulls left out, dictionary keys untouched; a record's member that must not be null is required
/// when read, so that malformed parameters are refused before a handler sees them.
/// </summary>
internal static class WireFormat
{
    /// <summary>A formatter of its own for each connection.</summary>
    public static JsonMessageFormatter CreateFormatter()
    {
        var formatter = new JsonMessageFormatter();
        formatter.JsonSerializer.ContractResolver = new RecordContractResolver();
        formatter.JsonSerializer.DateParseHandling = DateParseHandling.None;
        formatter.JsonSerializer.MaxDepth = 64;
        return formatter;
    }

    private sealed class RecordContractResolver : DefaultContractResolver
    {
        private readonly NullabilityInfoContext _nullability = new();

        public RecordContractResolver() =>
            NamingStrategy = new CamelCaseNamingStrategy(processDictionaryKeys: false, overrideSpecifiedNames: false);

        protected override JsonObjectContract CreateObjectContract(Type objectType)
        {
            var contract = base.CreateObjectContract(objectType);
            if (!IsOurs(objectType))
            {
                return contract;
            }

            foreach (var parameter in contract.CreatorParameters)
            {
                var constructor = objectType.GetConstructors()[0];
                var declared = Array.Find(constructor.GetParameters(), candidate => candidate.Name == parameter.UnderlyingName);
                if (declared is { HasDefaultValue: false } && IsRequired(declared))
                {
                    parameter.Required = Required.Always;
                    if (contract.Properties.GetClosestMatchProperty(parameter.PropertyName!) is { } property)
                    {
                        property.Required = Required.Always;
                    }
                }
            }

            return contract;
        }

        protected override JsonProperty CreateProperty(MemberInfo member, MemberSerialization memberSerialization)
        {
            var property = base.CreateProperty(member, memberSerialization);
            if (member.DeclaringType is { } type && IsOurs(type))
            {
                property.NullValueHandling ??= NullValueHandling.Ignore;
            }

            return property;
        }

        private static bool IsOurs(Type type) => type.Assembly == typeof(WireFormat).Assembly;

        private bool IsRequired(ParameterInfo parameter)
        {
            lock (_nullability)
            {
                return _nullability.Create(parameter).WriteState == NullabilityState.NotNull;
            }
        }
    }
}

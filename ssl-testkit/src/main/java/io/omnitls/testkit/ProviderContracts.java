package io.omnitls.testkit;

/**
 * All contracts. A provider's author writes one class:
 *
 * <pre>{@code
 * class MyProviderTest implements ProviderContracts {
 *     private static final ProviderFixture FIXTURE = new ProviderFixture("mine", Capabilities.builder()...build());
 *
 *     @Override
 *     public ProviderFixture fixture() {
 *         return FIXTURE;
 *     }
 * }
 * }</pre>
 */
public interface ProviderContracts
        extends CapabilityContract,
                HandshakeContract,
                IdentityContract,
                KeyContract,
                SettingsContract,
                ParametersContract,
                NarrowingContract,
                TransferContract,
                CallbackContract,
                ShutdownContract,
                LivenessContract,
                VerificationContract,
                LoaderContract,
                NameContract,
                OddChainContract,
                SessionContract,
                ResumptionContract,
                BindingContract,
                KeyLogContract,
                LimitContract,
                QuietContract,
                NestingContract,
                OptionContract,
                ChannelContract,
                SocketContract,
                EngineContract,
                EngineCallContract,
                EngineEndContract,
                ViewContract,
                ViewSessionContract,
                ReloadContract,
                FileWatchContract,
                ErrorContract,
                KeyShareContract,
                HelloContract,
                WireContract,
                EncryptedWireContract,
                FaultContract,
                ResourceContract,
                OpenSslContract,
                OpenSslTypingContract,
                PythonContract,
                ObserverContract,
                TraceContract {}
